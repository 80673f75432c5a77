import type { RenderPool } from "./render-pool.js";

/**
 * The login name of the user whom the experiment's folder belongs to, looked at now; null when the machine knows none.
 * @throws AutosubmitReadError when there is no such experiment
 */
export async function experimentOwner(renderPool: RenderPool, expid: string): Promise<string | null> {
  const { bytes } = await renderPool.render({ view: "v4.owner", expid, parameters: {}, light: true, keep: false });
  // The body that the view `owner` builds.
  return (JSON.parse(new TextDecoder().decode(bytes)) as { owner: string | null }).owner;
}
