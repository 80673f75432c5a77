import { type Static, Type } from "typebox";
import { nullableText } from "./common.js";

/** Every login: who it is and a token for further requests, or why there is none. */
export const LoginAnswer = Type.Object(
  {
    authenticated: Type.Boolean(),
    user: nullableText,
    token: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "What the Authorization header must hold, `Bearer` included",
    }),
    message: Type.String(),
  },
  { $id: "LoginAnswer" },
);
export type LoginAnswerBody = Static<typeof LoginAnswer>;
