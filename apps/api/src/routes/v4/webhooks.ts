import type { WebhookDelivery } from "@autosubmit-api/db";
import { isoInstant } from "@autosubmit-api/domain";
import {
  DeadLettersV4,
  type DeadLetterV4Body,
  ErrorV4,
  Reference,
  RefusalV4,
  type TimeZone,
  ValidationError,
} from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import { eventJson } from "../../feed/event-frames.js";
import type { RouteApp, RouteServices } from "../route-app.js";

const DeadLettersQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 100, description: "Deliveries at most" }),
});

/** What webhooks could not deliver, for administrators. */
export function webhookRoutes(app: RouteApp, { databases, timeZone }: RouteServices): void {
  app.get(
    "/v4/webhooks/dead-letters",
    {
      config: { access: "admin" },
      schema: {
        tags: ["v4"],
        summary: "Events that webhooks gave up delivering, the latest first",
        querystring: DeadLettersQuery,
        response: {
          200: Reference(DeadLettersV4, "The deliveries"),
          401: Reference(RefusalV4, "Nobody is logged in"),
          403: Reference(RefusalV4, "Not an administrator"),
          422: Reference(ValidationError, "A parameter is refused"),
          503: Reference(ErrorV4, "The feed's records cannot be used at the moment"),
        },
      },
    },
    async ({ query }, reply) => {
      reply.header("Cache-Control", "no-store");
      const deliveries = await databases.webhooks.listGivenUp(query.limit);
      return { dead_letters: deliveries.map((delivery) => presentDeadLetter(delivery, timeZone)) };
    },
  );
}

function presentDeadLetter(
  { id, webhook, attempts, event, lastAttemptAt, lastError }: WebhookDelivery,
  timeZone: TimeZone,
): DeadLetterV4Body {
  const at = lastAttemptAt ?? event.at;
  return {
    delivery: id,
    webhook,
    attempts,
    last_attempt: isoInstant(at.getTime() / 1000, timeZone) ?? at.toISOString(),
    last_error: lastError ?? "",
    event: JSON.parse(eventJson(event, timeZone)),
  };
}
