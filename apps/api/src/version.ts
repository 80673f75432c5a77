/** The version of the reference implementation whose answers these are compatible with; what GUIs look at. */
export const REFERENCE_VERSION = "4.1.2b6";

export const IMPLEMENTATION = "autosubmit-api-ts";

/** This implementation's own version; a test keeps it equal to package.json. */
export const IMPLEMENTATION_VERSION = "0.1.0";
