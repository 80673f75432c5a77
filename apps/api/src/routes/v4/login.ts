import { Type } from "typebox";
import { casLoginUrl, validateTicket } from "../../auth/cas.js";
import { loginWithGithub } from "../../auth/github.js";
import { loginWithOidc } from "../../auth/oidc.js";
import { isAllowedService } from "../../auth/service-urls.js";
import { answerLogin, answerNotConfigured, answerRefused, auditedAddress, loginResponses } from "../answer-login.js";
import type { RouteApp, RouteServices } from "../route-app.js";

const text = (description: string) => Type.Optional(Type.String({ description }));
const code = text("What the provider gave to the GUI");
const schema = { tags: ["v4"], response: loginResponses };

const NOT_ALLOWED =
  "Your service is not authorized for this operation. The API admin needs to add your URL to the list of allowed clients.";

/** Logins through the site's providers (GUI contract §1.8). */
export function loginRoutes(app: RouteApp, services: RouteServices): void {
  casRoute(app, services);

  app.get(
    "/v4/auth/oauth2/github/login",
    {
      config: { access: "public", rate: "logins" },
      schema: { ...schema, summary: "Log in with a code of GitHub", querystring: Type.Object({ code }) },
    },
    (request, reply) => {
      const { github } = services.login;
      if (github === null) return answerNotConfigured(reply, "GitHub");
      const { code } = request.query;
      if (!code) return answerRefused(reply, "Can't verify user");
      return answerLogin({ request, reply, services }, "github", (signal) => loginWithGithub(github, code, signal));
    },
  );

  app.get(
    "/v4/auth/oidc/login",
    {
      config: { access: "public", rate: "logins" },
      schema: {
        ...schema,
        summary: "Log in with a code of the OpenID Connect provider",
        querystring: Type.Object({ code, redirect_uri: text("The address that the provider gave the code to") }),
      },
    },
    (request, reply) => {
      const { oidc } = services.login;
      if (oidc === null) return answerNotConfigured(reply, "OpenID Connect");
      const { code, redirect_uri: redirectUri } = request.query;
      if (!code) return answerRefused(reply, "Can't verify user, missing code");
      const granted = { code, redirectUri: redirectUri || null };
      return answerLogin({ request, reply, services }, "oidc", (signal) => loginWithOidc(oidc, granted, signal));
    },
  );
}

function casRoute(app: RouteApp, services: RouteServices): void {
  app.get(
    "/v4/auth/cas/v2/login",
    {
      config: { access: "public", rate: "logins" },
      schema: {
        ...schema,
        summary: "Log in with a ticket of CAS, or be sent there to get one",
        querystring: Type.Object({
          service: text(
            "The page that the ticket is for; this API itself if absent. It must be on the list of allowed ones",
          ),
          ticket: text("What CAS gave to that page"),
        }),
        response: { ...loginResponses, 307: Type.Null({ description: "To CAS, which comes back to the service" }) },
      },
    },
    async (request, reply) => {
      const { cas, services: allowed } = services.login;
      if (cas === null) return answerNotConfigured(reply, "CAS");
      const { ticket } = request.query;
      const service = request.query.service || `${request.protocol}://${request.host}${services.rootPath}/`;
      if (!isAllowedService(allowed, service)) {
        const detail = { reason: "the service is not allowed", service: auditedAddress(service) };
        await services.audit.note(request, { action: "login.cas", expid: null, outcome: "refused", detail });
        return answerRefused(reply, NOT_ALLOWED);
      }
      if (!ticket) return reply.redirect(casLoginUrl(cas, service), 307);
      return answerLogin({ request, reply, services }, "cas", (signal) =>
        validateTicket(cas, { service, ticket }, "Can't verify user", signal),
      );
    },
  );
}
