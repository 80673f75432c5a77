import { estimateSection } from "@autosubmit-api/domain";
import { presentEta, presentEtaRefusal } from "../../presenters/v4/eta.js";
import { LAST_ATTEMPTS } from "../job-sources.js";
import { readOrNull } from "../snapshot.js";
import { readJobs } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v4/experiments/{expid}/eta`. */
export const etaView = defineView<{ section: string }>({
  timeDependent: false,
  build: async (snapshot, { section }, { note }) => {
    const { jobs } = await readJobs(snapshot, note);
    const attempts = (await readOrNull(snapshot, LAST_ATTEMPTS, note))?.value ?? [];
    const ofSection = jobs.flatMap((job, index) => {
      const attempt = job.section === section ? attempts[index] : null;
      return attempt ? [[job.name, attempt] as const] : [];
    });
    const eta = estimateSection(section, jobs, new Map(ofSection));
    if (typeof eta !== "string") return answer(presentEta(eta));
    const message = presentEtaRefusal(eta, section, snapshot.experiment.expid);
    return { status: 400, body: { error: true, error_message: message } };
  },
});
