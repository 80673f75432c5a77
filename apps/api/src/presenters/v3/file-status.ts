import type { FileStatusV3Body } from "@autosubmit-api/shared-types";

/** The one answer of an endpoint that is no longer supported; `reponse_time` is the reference's spelling. */
export function presentFileStatus(): FileStatusV3Body {
  return {
    status: false,
    error: false,
    error_message: "This endpoint is not supported in this version of the API." + "Will be removed in future versions.",
    avg_latency: null,
    avg_bandwidth: null,
    current_latency: null,
    current_bandwidth: null,
    reponse_time: null,
    datetime: null,
    latency_warning: null,
    bandwidth_warning: null,
    response_warning: null,
  };
}
