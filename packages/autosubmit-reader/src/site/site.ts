import type { TableProvider } from "../tables/table-source.js";
import type { ExperimentPaths } from "./paths.js";
import type { SiteSettings } from "./site-settings.js";

/**
 * What Autosubmit's configuration takes from the process (formats reference §3.2), captured once: reading an
 * experiment never looks at `process.env`.
 */
export interface SiteEnvironment {
  /** `USER` and `SUDO_USER`, null when unset. */
  user: string | null;
  sudoUser: string | null;
  /** Home folder, for a leading `~` in configured paths. */
  home: string;
  /** Every variable whose name starts with `AS_ENV`. May hold secrets. */
  autosubmitVariables: Readonly<Record<string, string>>;
}

/** One Autosubmit installation: where its files are and how its databases are opened. */
export interface Site {
  readonly settings: SiteSettings;
  readonly environment: SiteEnvironment;
  readonly tables: TableProvider;
  /**
   * The experiment of that name; says nothing about whether it exists.
   * @throws AutosubmitReadError `EXPID_INVALID` for anything but four or more lower-case letters and digits
   */
  experiment(expid: string): Experiment;
}

/** An experiment of a site: the argument of every `read…` function. */
export interface Experiment {
  readonly site: Site;
  readonly expid: string;
  readonly paths: ExperimentPaths;
}
