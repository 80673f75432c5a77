import type { QuickJob, QuickView } from "@autosubmit-api/domain";
import type { QuickV3Body } from "@autosubmit-api/shared-types";
import { lazyMap, type Streamed } from "../lazy-list.js";
import { jobTitle, wrappedBadge } from "./html.js";

/** @param logFolder where the experiment's job logs are */
export function presentQuick(view: QuickView, logFolder: string): Streamed<QuickV3Body> {
  const { completed, failed, running, queuing } = view;
  return {
    error: false,
    error_message: "",
    view_data: lazyMap(view.jobs, ({ name, out, err }) => ({
      name,
      path_log: logFolder,
      out: `/${out}`,
      err: `/${err}`,
    })),
    tree_view: lazyMap(view.activeFirst, presentLeaf),
    total: view.jobs.length,
    completed,
    failed,
    running,
    queuing,
  };
}

function presentLeaf({ name, status, wrapper }: QuickJob): QuickV3Body["tree_view"][number] {
  const title = jobTitle(name, status) + (wrapper === null ? "" : ` ${wrappedBadge(wrapper)}`);
  return { title, refKey: name, data: "Empty", children: [], status };
}

export function presentQuickFailure(message: string): QuickV3Body {
  const none = { completed: 0, failed: 0, running: 0, queuing: 0 };
  return { error: true, error_message: message, view_data: [], tree_view: [], total: 0, ...none };
}
