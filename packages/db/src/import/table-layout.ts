/** What belongs to a table beside its columns. */
export interface TableLayout {
  /** The columns of its primary key. */
  key?: readonly string[];
  /** The key's only column gets its numbers from a sequence. */
  numbered?: boolean;
  unique?: readonly string[];
  indexes?: readonly (readonly string[])[];
}

const WRAPPER_MEMBERS: TableLayout = { key: ["package_id", "package_name", "job_name"] };

/** Autosubmit's tables as it makes them in PostgreSQL (formats reference §2.10). Others have neither key nor index. */
export const TABLE_LAYOUTS: Readonly<Record<string, TableLayout>> = {
  experiment: { key: ["id"], numbered: true },
  db_version: { key: ["version"] },
  details: { key: ["exp_id"] },
  experiment_status: { key: ["exp_id"] },
  job_pkl: { key: ["expid"] },
  experiment_run: { key: ["run_id"], numbered: true },
  job_data: { key: ["id"], numbered: true, unique: ["counter", "job_name"], indexes: [["job_name"]] },
  structure_data: { key: ["run_id", "e_from", "e_to"] },
  experiment_structure: { key: ["e_from", "e_to"] },
  user_metrics: { key: ["user_metric_id"], numbered: true },
  experiment_graph_draw: { key: ["id"], numbered: true },
  jobs: { key: ["name"], indexes: [["status"]] },
  sections: { key: ["name"] },
  wrappers_info: { key: ["name"] },
  wrappers_jobs: WRAPPER_MEMBERS,
  preview_wrappers_info: { key: ["name"] },
  preview_wrappers_jobs: WRAPPER_MEMBERS,
};
