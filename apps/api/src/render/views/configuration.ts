import { AutosubmitReadError, type ConfigMap, type ConfigurationDialect } from "autosubmit-reader";
import { presentConfigurations } from "../../presenters/v3/configuration.js";
import { presentFilesystemConfiguration, presentRunConfiguration } from "../../presenters/v4/configuration.js";
import { configurationOf } from "../run-configuration.js";
import type { Snapshot } from "../snapshot.js";
import { EXPERIMENT_FOLDER, LAST_RUN, readConfiguration, runOf } from "../sources.js";
import { answer, defineView, type ViewContext } from "../view.js";

/** `GET /v4/experiments/{expid}/filesystem-config`. */
export const filesystemConfigurationView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, { note }) => {
    const { data } = await readConfiguration(snapshot, note);
    return answer(presentFilesystemConfiguration(data));
  },
});

/** `GET /v4/experiments/{expid}/runs/{run_id}/config`; `runId` is null for what can be no run's number. */
export const runConfigurationView = defineView<{ runId: number | null }>({
  timeDependent: false,
  build: async (snapshot, { runId }) => {
    const run = runId === null ? null : await snapshot.read(runOf(runId));
    const data = run === null ? null : configurationOf(run);
    return answer(presentRunConfiguration(run?.run_id ?? null, data ?? new Map()));
  },
});

/** `GET /v3/cconfig/{expid}`: each side may be missing, which is a warning. */
export const configurationsView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, { note }) => {
    await snapshot.read(EXPERIMENT_FOLDER);
    const files = await orWarning(readFilesSide(snapshot, note));
    const run = await orWarning(readRunSide(snapshot));
    const dialect = files.value?.dialect ?? dialectOf(files.error);
    const warnings = [
      ...(files.error === null ? [] : [`The configuration files cannot be loaded: ${files.error.message}`]),
      ...(run.error === null ? [] : [`The configuration of the last run cannot be read: ${run.error.message}`]),
    ];
    return answer(presentConfigurations({ dialect, run: run.value, files: files.value?.data ?? null, warnings }));
  },
});

async function readFilesSide(snapshot: Snapshot, note: ViewContext["note"]) {
  const { data, dialect } = await readConfiguration(snapshot, note);
  return { data, dialect };
}

async function readRunSide(snapshot: Snapshot): Promise<ConfigMap | null> {
  const run = await snapshot.read(LAST_RUN);
  return run === null ? null : configurationOf(run);
}

type Side<Value> = { value: Value; error: null } | { value: null; error: AutosubmitReadError };

async function orWarning<Value>(reading: Promise<Value>): Promise<Side<Value>> {
  try {
    return { value: await reading, error: null };
  } catch (error) {
    if (error instanceof AutosubmitReadError) return { value: null, error };
    throw error;
  }
}

/** Of a configuration that did not load: only INI files end in `.conf`. */
function dialectOf(error: AutosubmitReadError | null): ConfigurationDialect {
  return error?.path?.endsWith(".conf") === true ? "ini" : "yaml";
}
