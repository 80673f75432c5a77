import type { JournalEvent, SiteDatabases } from "@autosubmit-api/db";

/** Which events a client wants; null for no limit. All given limits hold. */
export interface EventQuery {
  expids: ReadonlySet<string> | null;
  /** Of experiments that this user owns, as the site's records have it. */
  owner: string | null;
  /** Of experiments that have this status at the time, as the site's records have it. */
  status: string | null;
}

/** Tells whether a client wants an event. */
export interface EventSelection {
  wants(event: JournalEvent): boolean;
  /** Reads the site's records anew, where the query needs them. @throws DatabaseError */
  refresh(): Promise<void>;
}

/** A selection that has been refreshed once. @throws DatabaseError */
export async function selectEvents(query: EventQuery, databases: SiteDatabases): Promise<EventSelection> {
  const { expids, owner, status } = query;
  let chosen: ReadonlySet<string> | null = null;
  const selection: EventSelection = {
    wants: ({ expid }) => (expids === null || expids.has(expid)) && (chosen === null || chosen.has(expid)),
    refresh: async () => {
      if (owner === null && status === null) return;
      const [experiments, details, statuses] = await Promise.all([
        databases.experiments.list(),
        owner === null ? [] : databases.details.list(),
        status === null ? [] : databases.statuses.list(),
      ]);
      const owned = new Set(details.filter(({ user }) => user === owner).map(({ expId }) => expId));
      const inStatus = new Set(statuses.filter((row) => row.status === status).map(({ expId }) => expId));
      const wanted = experiments.filter(
        ({ id }) => (owner === null || owned.has(id)) && (status === null || inStatus.has(id)),
      );
      chosen = new Set(wanted.map(({ name }) => name));
    },
  };
  await selection.refresh();
  return selection;
}
