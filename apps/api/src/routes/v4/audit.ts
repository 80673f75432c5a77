import { AuditV4, ErrorV4, Reference, RefusalV4, ValidationError } from "@autosubmit-api/shared-types";
import { type Static, Type } from "typebox";
import { presentAudit } from "../../presenters/v4/audit.js";
import type { RouteApp, RouteServices } from "../route-app.js";

const LONGEST_PAGE = 1_000;

const condition = (description: string) => Type.Optional(Type.String({ description, maxLength: 256 }));
/** A plus sign that was not escaped arrives as a space. */
const instant = (description: string) =>
  Type.Optional(
    Type.String({
      description: `${description}; ISO 8601 with its offset`,
      pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[ +-]\\d{2}:\\d{2})$",
      examples: ["2026-07-01T00:00:00Z"],
    }),
  );

const AuditQuery = Type.Object({
  user: condition("Who"),
  action: condition("What, such as command.stop-experiment"),
  expid: condition("On which experiment"),
  outcome: Type.Optional(Type.Enum(["allowed", "refused", "failed", "done"])),
  from: instant("Not before"),
  to: instant("Not after"),
  limit: Type.Integer({ minimum: 1, maximum: LONGEST_PAGE, default: 100, description: "Entries per page" }),
  before: Type.Optional(Type.Integer({ minimum: 1, description: "`next` of the page before" })),
});

/** The audit trail, for administrators. */
export function auditRoutes(app: RouteApp, { databases, timeZone }: RouteServices): void {
  app.get(
    "/v4/audit",
    {
      config: { access: "admin" },
      schema: {
        tags: ["v4"],
        summary: "Who did what: logins, settings and commands, newest first",
        querystring: AuditQuery,
        response: {
          200: Reference(AuditV4, "A page of it"),
          401: Reference(RefusalV4, "Nobody is logged in"),
          403: Reference(RefusalV4, "Not an administrator"),
          422: Reference(ValidationError, "A parameter is refused"),
          503: Reference(ErrorV4, "The API's own records cannot be used at the moment"),
        },
      },
    },
    async ({ query }, reply) => {
      reply.header("Cache-Control", "no-store");
      return presentAudit(await databases.audit.list(filterOf(query), query.limit + 1), query.limit, timeZone);
    },
  );
}

function filterOf({ from, to, limit: _, ...conditions }: Static<typeof AuditQuery>) {
  return { ...conditions, ...dateOf("from", from), ...dateOf("to", to) };
}

function dateOf<Name extends string>(name: Name, text: string | undefined): { [Key in Name]?: Date } {
  const date = new Date(text?.replace(" ", "+") ?? "");
  return (Number.isNaN(date.getTime()) ? {} : { [name]: date }) as { [Key in Name]?: Date };
}
