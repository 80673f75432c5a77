import type { QuickView } from "@autosubmit-api/domain";
import { jobStatusName, type QuickV3Body } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";
import { lazyMap, type Streamed } from "../lazy-list.js";
import { jobTitle, wrappedBadge } from "./html.js";

/** @param logFolder where the experiment's job logs are */
export function presentQuick(view: QuickView, logFolder: string): Streamed<QuickV3Body> {
  const { completed, failed, running, queuing } = view;
  return {
    error: false,
    error_message: "",
    view_data: lazyMap(view.jobs, ({ name, localOut, localErr }) => ({
      name,
      path_log: logFolder,
      out: `/${localOut ?? ""}`,
      err: `/${localErr ?? ""}`,
    })),
    tree_view: lazyMap(view.activeFirst, (job) => presentLeaf(job, view.wrapperOf(job.name))),
    total: view.jobs.length,
    completed,
    failed,
    running,
    queuing,
  };
}

function presentLeaf({ name, status: code }: JobRecord, wrapper: string | null): QuickV3Body["tree_view"][number] {
  const status = jobStatusName(code);
  const title = jobTitle(name, status) + (wrapper === null ? "" : ` ${wrappedBadge(wrapper)}`);
  return { title, refKey: name, data: "Empty", children: [], status };
}

export function presentQuickFailure(message: string): QuickV3Body {
  const none = { completed: 0, failed: 0, running: 0, queuing: 0 };
  return { error: true, error_message: message, view_data: [], tree_view: [], total: 0, ...none };
}
