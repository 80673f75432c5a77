import { estimateSection, lastAttempts } from "@autosubmit-api/domain";
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
    const attempts = lastAttempts((await readOrNull(snapshot, LAST_ATTEMPTS, note)) ?? []);
    const eta = estimateSection(section, jobs, attempts);
    if (typeof eta !== "string") return answer(presentEta(eta));
    const message = presentEtaRefusal(eta, section, snapshot.experiment.expid);
    return { status: 400, body: { error: true, error_message: message } };
  },
});
