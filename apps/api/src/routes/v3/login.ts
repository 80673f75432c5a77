import { Type } from "typebox";
import { casLoginUrl, validateTicket } from "../../auth/cas.js";
import { v3LoginPage } from "../../auth/service-urls.js";
import { answerLogin, answerNotConfigured, answerRefused, auditedAddress, loginResponses } from "../answer-login.js";
import type { RouteApp, RouteServices } from "../route-app.js";

const NOT_ALLOWED =
  "Your client is not authorized for this operation. The API admin needs to add your URL to the list of allowed clients.";

/** The login of old GUIs: the page that asked, and so the service that CAS is told, is known by its Referer. */
export function loginRoutes(app: RouteApp, services: RouteServices): void {
  app.get(
    "/v3/login",
    {
      config: { access: "public", rate: "logins" },
      schema: {
        tags: ["v3"],
        summary: "Log in with a ticket of CAS, or be sent there to get one",
        querystring: Type.Object({
          ticket: Type.Optional(Type.String({ description: "What CAS gave to the login page" })),
          env: Type.Optional(Type.String({ description: "The path of the GUI, whose login page is below it" })),
        }),
        response: { ...loginResponses, 307: Type.Null({ description: "To CAS, which comes back to the login page" }) },
      },
    },
    async (request, reply) => {
      const { cas, services: allowed } = services.login;
      if (cas === null) return answerNotConfigured(reply, "CAS");
      const { ticket, env = "" } = request.query;
      const referer = request.headers.referer ?? "";
      const service = v3LoginPage(allowed, referer, env);
      if (service === null) {
        const detail = {
          reason: "the client is not allowed",
          referer: auditedAddress(referer),
          env: env.slice(0, 200),
        };
        await services.audit.note(request, { action: "login.cas", expid: null, outcome: "refused", detail });
        return answerRefused(reply, NOT_ALLOWED);
      }
      if (!ticket) return reply.redirect(casLoginUrl(cas, service), 307);
      return answerLogin(
        { request, reply, services },
        "cas",
        (signal) => validateTicket(cas, { service, ticket }, "Can't verify user.", signal),
        "Token generated.",
      );
    },
  );
}
