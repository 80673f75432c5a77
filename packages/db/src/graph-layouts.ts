import { backendOf } from "./backend.js";
import type { DatabasePlaces } from "./database-files.js";
import type { Patience } from "./patience.js";
import type { GraphLayoutRepository } from "./repositories/graph-layouts.js";

const DEFAULT_PATIENCE_MS = 10_000;

/**
 * The stored drawing of one experiment (formats reference §2.5, §2.10).
 * @param of the experiment, and its `graph_data_<expid>.db`, absolute, which counts where the site keeps files
 */
export function graphLayoutRepository(
  places: DatabasePlaces,
  of: { expid: string; path: string },
  patience: Partial<Patience> = {},
): GraphLayoutRepository {
  return backendOf(places).graphLayouts(of, { patienceMs: DEFAULT_PATIENCE_MS, ...patience });
}
