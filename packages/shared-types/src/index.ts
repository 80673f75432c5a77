export { JOB_STATUS_CODES, JOB_STATUS_NAMES, type JobStatusName, jobStatusCode, jobStatusName } from "./job-status.js";
