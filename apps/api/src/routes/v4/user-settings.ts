import { isoInstant } from "@autosubmit-api/domain";
import {
  ErrorV4,
  PreferredUsernameV4,
  Reference,
  RefusalV4,
  type TimeZone,
  ValidationError,
} from "@autosubmit-api/shared-types";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { BadRequestError, UnauthorizedError } from "../../auth/errors.js";
import { presentPreferredUsername } from "../../presenters/v4/preferred-username.js";
import type { RouteApp, RouteServices } from "../route-app.js";

const PATH = "/v4/user-settings/preferred-username";
const LONGEST_NAME = 128;

const responses = {
  200: Reference(PreferredUsernameV4, "The choice"),
  401: Reference(RefusalV4, "Nobody is logged in"),
  503: Reference(ErrorV4, "The API's own records cannot be used at the moment"),
};

const NOT_A_NAME = Type.Union([Reference(RefusalV4), Reference(ValidationError)], {
  description: "Not a login name, or not JSON",
});

/** What a user chooses for the commands of their own. */
export function userSettingsRoutes(app: RouteApp, { databases, audit, clock, timeZone }: RouteServices): void {
  app.get(
    PATH,
    {
      config: { access: "account" },
      schema: {
        tags: ["v4"],
        summary: "The login name that the user chose for commands",
        response: { ...responses, 400: Reference(RefusalV4, "None is chosen") },
      },
    },
    async (request) => {
      const preferences = await databases.userPreferences.find(userOf(request));
      // GUIs take 404 for an API without this setting, and disable the field (GUI contract §1.7).
      if (preferences === null) throw new BadRequestError("Preferred username not found for this user");
      return presentPreferredUsername(preferences);
    },
  );

  app.post(
    PATH,
    {
      config: { access: "account" },
      schema: {
        tags: ["v4"],
        summary: "Choose the login name for commands; it gives no rights",
        // Checked by hand: GUIs show `detail` of an error, which must be a text then.
        body: Type.Unsafe<unknown>({
          type: ["object", "null", "array", "string", "number", "boolean"],
          properties: { preferred_username: Type.String({ minLength: 1, maxLength: LONGEST_NAME }) },
          examples: [{ preferred_username: "alice" }],
        }),
        response: { ...responses, 422: NOT_A_NAME },
      },
      validatorCompiler: () => () => true,
    },
    async (request) => {
      const name = readPreferredUsername(request.body);
      const user = userOf(request);
      const event = {
        action: "settings.preferred-username",
        expid: null,
        detail: { preferred_username: name },
      } as const;
      await audit.record(request, { ...event, outcome: "allowed" });
      return presentPreferredUsername(
        await databases.userPreferences.savePreferredUsername(user, name, timestamp(clock(), timeZone)),
      );
    },
  );
}

function userOf({ principal }: FastifyRequest): string {
  if (principal === null) throw new UnauthorizedError();
  return principal.user;
}

/** @throws BadRequestError whose message GUIs show beside the field */
function readPreferredUsername(body: unknown): string {
  const given =
    typeof body === "object" && body !== null && "preferred_username" in body ? body.preferred_username : null;
  if (typeof given !== "string") throw new BadRequestError("preferred_username must be a text", 422);
  const name = given.trim();
  if (name === "") throw new BadRequestError("The name must not be empty", 422);
  if (name.length > LONGEST_NAME)
    throw new BadRequestError(`The name must not be longer than ${LONGEST_NAME} characters`, 422);
  if (/[\s\p{Cc}\p{Cf}]/u.test(name)) throw new BadRequestError("The name must not have spaces in it", 422);
  return name;
}

/** As the reference implementation stores it: a hyphen where ISO 8601 has a T. */
function timestamp(now: Date, zone: TimeZone): string {
  return (isoInstant(now.getTime() / 1000, zone) ?? now.toISOString()).replace("T", "-");
}
