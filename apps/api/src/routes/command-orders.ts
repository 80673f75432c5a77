import type { CommandDoneV4Body, RunStoppedV4Body } from "@autosubmit-api/shared-types";
import {
  createdExpid,
  createExperimentCommand,
  createJobListCommand,
  type JobListCreation,
  type NewExperiment,
  runCommand,
  type StatusChange,
  setStatusCommand,
  stopCommand,
  updateDescriptionCommand,
} from "../runners/autosubmit-command.js";
import { CommandRefusal } from "../runners/command-refusal.js";
import type { RunnerTarget } from "../runners/configuration.js";
import { detailsOf, targetOf } from "../runners/run-record.js";
import { type CommandOrder, findAffectedJobs, runToEnd } from "./command-exchange.js";
import type { RouteServices } from "./route-app.js";
import { questionOf } from "./runner-bodies.js";

/** What is the same of a command in `/v4` and `/v4alpha`: only how the runner is named, and some answers, differ. */

interface OrderOptions {
  dryRun: boolean;
  target: () => RunnerTarget;
}

/** A change of the status of jobs, each of which has to be there. */
export function setStatusOrder(
  services: RouteServices,
  change: StatusChange,
  { dryRun, target }: OrderOptions,
): CommandOrder<CommandDoneV4Body> {
  const { expid, selection } = change;
  return {
    name: "set-job-status",
    group: "SET_JOB_STATUS",
    expid,
    dryRun,
    failure: `Failed to set job status for experiment ${expid}`,
    target,
    command: () => setStatusCommand(change),
    jobs: async () => {
      const question = questionOf(selection);
      if (question !== null) return findAffectedJobs(services, expid, question);
      if (selection.names.length === 0) return null;
      const named = { names: selection.names.join(" "), statuses: null, sections: null };
      const { unknown } = await findAffectedJobs(services, expid, named);
      return unknown.length === 0 ? null : { jobs: [], unknown };
    },
    execute: async (where, command) => {
      await runToEnd(services, where, command);
      return { message: `Job status for experiment ${expid} set successfully.` };
    },
  };
}

/** The start of an experiment. @param present what it answers of the run */
export function startOrder<Answer>(
  { runners }: RouteServices,
  expid: string,
  { dryRun, target }: OrderOptions,
  present: (run: { id: number; pid: number }, target: RunnerTarget) => Answer,
): CommandOrder<Answer> {
  return {
    name: "run-experiment",
    group: "RUNNER_RUN",
    expid,
    dryRun,
    failure: `Failed to run experiment ${expid}`,
    target,
    command: () => runCommand(expid),
    jobs: null,
    execute: async (where) => present(await runners.runs.start(expid, where), where),
  };
}

/** The end of an experiment, wherever it runs. */
export function stopOrder({ runners }: RouteServices, expid: string, dryRun: boolean): CommandOrder<RunStoppedV4Body> {
  const requireRun = async () => {
    const run = await runners.runs.active(expid);
    if (run === null) throw new CommandRefusal(409, `Failed to stop experiment ${expid}: it is not running.`);
    return run;
  };
  return {
    name: "stop-experiment",
    group: "RUNNER_RUN",
    expid,
    dryRun,
    failure: `Failed to stop experiment ${expid}`,
    target: async () => {
      const target = targetOf(await requireRun());
      if (target === null) throw new CommandRefusal(500, "it is not recorded where it runs");
      return target;
    },
    command: () => stopCommand(expid),
    jobs: null,
    execute: async () => {
      const run = await runners.runs.stop(await requireRun());
      const stopped_by = detailsOf(run).stopped_by ?? null;
      return { message: `Experiment ${expid} stopped successfully.`, runner_id: run.id, stopped_by };
    },
  };
}

/** A new experiment. @param present what it answers of it */
export function createExperimentOrder<Answer>(
  services: RouteServices,
  experiment: () => NewExperiment,
  { dryRun, target }: OrderOptions,
  present: (expid: string, target: RunnerTarget) => Answer,
): CommandOrder<Answer> {
  return {
    name: "create-experiment",
    group: "CREATE_EXPERIMENT",
    expid: null,
    dryRun,
    failure: "Failed to create experiment",
    target,
    command: () => createExperimentCommand(experiment()),
    jobs: null,
    execute: async (where, command) => {
      const expid = createdExpid(await runToEnd(services, where, command));
      if (expid === null) throw new CommandRefusal(500, "Autosubmit did not say which experiment it created");
      return present(expid, where);
    },
  };
}

export function createJobListOrder(
  services: RouteServices,
  creation: JobListCreation,
  { dryRun, target }: OrderOptions,
): CommandOrder<CommandDoneV4Body> {
  const { expid } = creation;
  return {
    name: "create-job-list",
    group: null,
    expid,
    dryRun,
    failure: `Failed to create job list for experiment ${expid}`,
    target,
    command: () => createJobListCommand(creation),
    jobs: null,
    execute: async (where, command) => {
      await runToEnd(services, where, command);
      return { message: `Job list for experiment ${expid} created successfully.` };
    },
  };
}

export function updateDescriptionOrder(
  services: RouteServices,
  { expid, description }: { expid: string; description: string },
  { dryRun, target }: OrderOptions,
): CommandOrder<CommandDoneV4Body> {
  return {
    name: "update-experiment-description",
    group: "UPDATE_EXPERIMENT_DETAILS",
    expid,
    dryRun,
    failure: `Failed to update description for experiment ${expid}`,
    target,
    command: () => updateDescriptionCommand(expid, description),
    jobs: null,
    execute: async (where, command) => {
      await runToEnd(services, where, command);
      return { message: `Description for experiment ${expid} updated successfully.` };
    },
  };
}
