import { type Static, Type } from "typebox";
import { Nullable } from "./schema.js";

/** Every error of `/v4`. */
export const ErrorV4 = Type.Object(
  { error: Type.Literal(true), error_message: Type.String({ minLength: 1 }) },
  { $id: "ErrorV4", description: "What went wrong, in words" },
);
export type ErrorV4Body = Static<typeof ErrorV4>;

/** No route serves the path; not an answer of any route, and so without an `$id`. */
export const NotFound = Type.Object({ detail: Type.String() });
export type NotFoundBody = Static<typeof NotFound>;

/** Parameters that their schema refuses (status 422), in the shape of FastAPI. */
export const ValidationError = Type.Object(
  {
    detail: Type.Array(
      Type.Object(
        {
          type: Type.String(),
          loc: Type.Array(Type.Unsafe<string | number>({ type: ["string", "integer"] }), {
            description: "Where: query, path, header or body, then the names inside",
          }),
          msg: Type.String(),
          input: Type.Unknown(),
          ctx: Type.Optional(Type.Object({}, { additionalProperties: true })),
        },
        { additionalProperties: true },
      ),
    ),
  },
  { $id: "ValidationError" },
);
export type ValidationErrorBody = Static<typeof ValidationError>;

/** `GET /`. */
export const Home = Type.Object(
  {
    name: Type.String(),
    version: Type.String({
      description: "The version of the reference implementation that answers are compatible with",
    }),
    implementation: Type.String(),
    implementation_version: Type.String(),
  },
  { $id: "Home" },
);
export type HomeBody = Static<typeof Home>;

/** `GET /v4`. */
export const RouteIndex = Type.Object(
  {
    routes: Type.Array(Type.Object({ path: Type.String(), methods: Type.Array(Type.String()) })),
  },
  { $id: "RouteIndex" },
);
export type RouteIndexBody = Static<typeof RouteIndex>;

/** The two fields that every `/v3` body has. */
export const v3ErrorFields = {
  error: Type.Boolean({ description: "Whether the question could not be answered; the status is 200 all the same" }),
  error_message: Type.String({ description: "Empty where `error` is false" }),
};

export const nullableText = Nullable(Type.String());
export const nullableInteger = Nullable(Type.Integer());
