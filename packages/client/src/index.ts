export { type ApiClient, type ApiClientOptions, createApiClient } from "./api-client.js";
export type { components, operations, paths } from "./api-types.js";
export { FeedRefusedError } from "./feed/feed-refused-error.js";
export { type FollowOptions, followEvents } from "./feed/follow-events.js";
export { liveEvents } from "./feed/live-events.js";
export type { FeedItem, FeedOptions, FeedState, LiveEvent, LiveEventKind } from "./feed/types.js";
export type { Token } from "./token.js";
