import type { RunnerProcess } from "@autosubmit-api/db";
import type {
  RunnerEndpointsV4Body,
  RunnerProcessV4Body,
  RunnerProfilesV4Body,
  RunnerRunStatusV4Body,
} from "@autosubmit-api/shared-types";
import type { ProcessOutput } from "../../runners/command-host.js";
import type { RunnerConfiguration, RunnerProfile } from "../../runners/configuration.js";
import type { RunDetails } from "../../runners/run-record.js";

/** Only what a profile fixes: what is missing, GUIs let users fill in. */
export function presentProfiles({ profiles }: RunnerConfiguration): RunnerProfilesV4Body {
  return Object.fromEntries([...profiles].map(([name, profile]) => [name, presentProfile(profile)]));
}

function presentProfile({ runnerType, moduleLoader, modules, ssh }: RunnerProfile): RunnerProfilesV4Body[string] {
  const { host, username, port } = ssh;
  const account = {
    ...(host !== null && { HOST: host }),
    ...(username !== null && { USERNAME: username }),
    ...(port !== null && { PORT: port }),
  };
  const [first] = modules ?? [];
  return {
    ...(runnerType !== null && { RUNNER_TYPE: runnerType }),
    ...(moduleLoader !== null && { MODULE_LOADER_TYPE: moduleLoader }),
    ...(modules !== null && first !== undefined && { MODULES: modules.length === 1 ? first : [...modules] }),
    ...(Object.keys(account).length > 0 && { SSH: account }),
  };
}

export function presentEndpoints({ endpoints }: RunnerConfiguration): RunnerEndpointsV4Body {
  const { SET_JOB_STATUS, CREATE_EXPERIMENT, RUNNER_RUN, UPDATE_EXPERIMENT_DETAILS } = endpoints;
  const present = ({ enabled }: { enabled: boolean }) => ({ ENABLED: enabled });
  return {
    SET_JOB_STATUS: present(SET_JOB_STATUS),
    CREATE_EXPERIMENT: present(CREATE_EXPERIMENT),
    RUNNER_RUN: present(RUNNER_RUN),
    UPDATE_EXPERIMENT_DETAILS: present(UPDATE_EXPERIMENT_DETAILS),
  };
}

/** differs: the reference fails (500) where there is no run, so that browsers report an error every ten seconds. */
export function presentRunStatus(expid: string, process: RunnerProcess | null): RunnerRunStatusV4Body {
  if (process !== null) return presentRun(process);
  const unknown = { runner_id: null, runner: null, module_loader: null, modules: null };
  return { expid, ...unknown, status: null, pid: null, created: null, modified: null };
}

function presentRun(process: RunnerProcess) {
  return {
    expid: process.expid,
    runner_id: process.id,
    runner: process.runner,
    module_loader: process.moduleLoader,
    modules: process.modules,
    status: process.status,
    pid: process.pid,
    created: process.created,
    modified: process.modified,
  };
}

export function presentProcess(
  process: RunnerProcess,
  { exit_code, stopped_by, failure }: RunDetails,
  output: ProcessOutput | null,
): RunnerProcessV4Body {
  return {
    ...presentRun(process),
    exit_code: exit_code ?? null,
    stopped_by: stopped_by ?? null,
    failure: failure ?? null,
    output: output === null ? null : { text: output.text, truncated: output.truncated },
  };
}
