import { affectedJobsView } from "./affected-jobs.js";
import { categoryTreeView } from "./category-tree.js";
import { configurationsView, filesystemConfigurationView, runConfigurationView } from "./configuration.js";
import { etaView } from "./eta.js";
import { experimentView } from "./experiment.js";
import { experimentBytesView } from "./experiment-bytes.js";
import { experimentCountView } from "./experiment-count.js";
import { experimentInfoView } from "./experiment-info.js";
import { experimentStatusView } from "./experiment-status.js";
import { experimentsView } from "./experiments.js";
import { graphView } from "./graph.js";
import { healthView } from "./health.js";
import { jobDetailView } from "./job-detail.js";
import { jobHistoryView } from "./job-history.js";
import { jobChildrenView, jobParentsView } from "./job-relatives.js";
import { jobsStretchView, jobsTextView, jobsView } from "./jobs.js";
import { jobsHistoryView } from "./jobs-history.js";
import { logFileView, logListView, logView } from "./log-reading.js";
import { jobLogView, recoveryLogsView, runLogView } from "./logs.js";
import { ownerView } from "./owner.js";
import { performanceV3View, performanceV4View } from "./performance.js";
import { pklInfoView, pklTreeInfoView } from "./pkl-info.js";
import { quickView } from "./quick.js";
import { runDetailView } from "./run-detail.js";
import { ifRunView, runLogStateView } from "./running.js";
import { runsV3View, runsV4View } from "./runs.js";
import { runningView, searchView } from "./search.js";
import { siteMetricsView } from "./site-metrics.js";
import { statisticsView } from "./statistics.js";
import { summaryView } from "./summary.js";
import { treeView } from "./tree.js";
import { userMetricsRunsView, userMetricsView } from "./user-metrics.js";
import { workersView } from "./workers.js";
import { wrappersView } from "./wrappers.js";

/** Every view by its name, which is that of the endpoint it answers. A new view is added here. */
export const VIEWS = {
  "experiment-bytes": experimentBytesView,
  "health.ready": healthView,
  metrics: siteMetricsView,
  "v3.cconfig": configurationsView,
  "v3.exp-recovery-logs": recoveryLogsView,
  "v3.expcount": experimentCountView,
  "v3.expinfo": experimentInfoView,
  "v3.exprun": runLogView,
  "v3.graph": graphView,
  "v3.ifrun": ifRunView,
  "v3.joblog": jobLogView,
  "v3.logrun": runLogStateView,
  "v3.search": searchView,
  "v3.running": runningView,
  "v3.pklinfo": pklInfoView,
  "v3.pkltreeinfo": pklTreeInfoView,
  "v3.quick": quickView,
  "v3.rundetail": runDetailView,
  "v3.summary": summaryView,
  "v3.tree": treeView,
  "v4.affected-jobs": affectedJobsView,
  "v4.eta": etaView,
  "v4.experiment": experimentView,
  "v4.experiments": experimentsView,
  "v4.filesystem-config": filesystemConfigurationView,
  "v4.job": jobDetailView,
  "v4.job.children": jobChildrenView,
  "v4.job.parents": jobParentsView,
  "v4.jobs": jobsView,
  "v4.jobs-category-tree": categoryTreeView,
  "v4.jobs-stretch": jobsStretchView,
  "v4.jobs-text": jobsTextView,
  "v4.run-config": runConfigurationView,
  "v4.log": logView,
  "v4.log-file": logFileView,
  "v4.logs": logListView,
  "v4.status": experimentStatusView,
  "v4.workers": workersView,
  "v4.wrappers": wrappersView,
  "v3.history": jobHistoryView,
  "v3.performance": performanceV3View,
  "v3.runs": runsV3View,
  "v3.stats": statisticsView,
  "v4.jobs-history": jobsHistoryView,
  "v4.owner": ownerView,
  "v4.performance": performanceV4View,
  "v4.runs": runsV4View,
  "v4.user-metrics": userMetricsView,
  "v4.user-metrics-runs": userMetricsRunsView,
} as const;

export type ViewName = keyof typeof VIEWS;

/** What a view must be asked with. */
export type ParametersOf<Name extends ViewName> = Parameters<(typeof VIEWS)[Name]["build"]>[1];
