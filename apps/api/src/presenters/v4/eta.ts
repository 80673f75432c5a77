import type { EtaRefusal, SectionEta } from "@autosubmit-api/domain";
import type { EtaV4Body } from "@autosubmit-api/shared-types";

export function presentEta(eta: SectionEta): EtaV4Body {
  return {
    eta_seconds: eta.etaSeconds,
    chunks_total: eta.chunksTotal,
    chunks_remaining: eta.chunksRemaining,
    avg_runtime_per_chunk_seconds: eta.averageChunkSeconds,
  };
}

/** Why there is no estimate, in words that GUIs show. */
export function presentEtaRefusal(refusal: EtaRefusal, section: string, expid: string): string {
  return refusal === "no-such-section"
    ? `No jobs found for section '${section}' in experiment '${expid}'`
    : `Section '${section}' in experiment '${expid}' has no chunked jobs`;
}
