import {
  createApiClient,
  FeedRefusedError,
  type FeedState,
  followEvents,
  type LiveEvent,
} from "@autosubmit-api/client";
import { describeEvent } from "./describe-event.js";

/** The page is at `docs/live` below the API's root path. */
const baseUrl = location.href.replace(/\/docs\/live\/?(?:[?#].*)?$/, "");
const MOST_CHANGES = 50;

function element<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`);
  return found;
}

const page = {
  choice: element("choice", HTMLFormElement),
  expid: element("expid", HTMLInputElement),
  experiments: element("experiments", HTMLDataListElement),
  login: element("login", HTMLLabelElement),
  token: element("token", HTMLInputElement),
  state: element("state", HTMLParagraphElement),
  counts: element("counts", HTMLTableSectionElement),
  changes: element("changes", HTMLOListElement),
};

const token = () => page.token.value.trim() || null;
const api = createApiClient({ baseUrl, token });
let followed = new AbortController();
/** How often counts came with the feed. */
let countsTold = 0;

page.choice.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  location.hash = page.expid.value;
  void suggest();
  void follow(page.expid.value);
});
page.expid.value = decodeURIComponent(location.hash.slice(1));
void suggest();
if (page.expid.value !== "") void follow(page.expid.value);

/** The running experiments, to choose from. */
async function suggest(): Promise<void> {
  const { data, response } = await api.GET("/v4/experiments", { params: { query: { page_size: 100 } } });
  if (response.status === 401) page.login.hidden = false;
  const options = (data?.experiments ?? []).map(({ name, description }) => {
    const option = new Option(description ?? "", name);
    return option;
  });
  page.experiments.replaceChildren(...options);
}

/** Shows one experiment until another one is chosen. */
async function follow(expid: string): Promise<void> {
  followed.abort();
  followed = new AbortController();
  const { signal } = followed;
  page.changes.replaceChildren();
  page.counts.replaceChildren();
  showState("connecting", `Connecting to ${expid}…`);
  try {
    await followEvents({
      ...{ baseUrl, expid, token, signal, silenceMs: 40_000, longestPauseMs: 5_000 },
      onState: (state) => {
        showFeedState(expid, state);
        // After the feed is open, so that no change falls between what is read and what is told.
        if (state.kind === "open") void readCounts(expid, signal);
      },
      onEvent: showEvent,
      onReset: () => addChange(new Date().toISOString(), "changes were missed; the counts are read anew"),
    });
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof FeedRefusedError && error.status === 401) page.login.hidden = false;
    showState("refused", error instanceof Error ? error.message : String(error));
  }
}

/** Counts that were told meanwhile are newer than what is read. */
async function readCounts(expid: string, signal: AbortSignal): Promise<void> {
  const before = countsTold;
  try {
    const { data } = await api.GET("/v3/expcount/{expid}", { params: { path: { expid } }, signal });
    if (data !== undefined && !data.error && countsTold === before) showCounts(data.counters);
  } catch {
    // Cut off or not wanted any more: they are read again when the feed is open again.
  }
}

function showEvent(event: LiveEvent): void {
  if (event.kind === "status-counts") {
    countsTold += 1;
    showCounts(event.data.counts);
  }
  const text = describeEvent(event);
  if (text !== null) addChange(event.at, text, event.id);
}

function showCounts(counts: Readonly<Record<string, number | undefined>>): void {
  const rows = Object.entries(counts).flatMap(([status, count]) => {
    if (count === undefined || count === 0) return [];
    const row = document.createElement("tr");
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = status;
    row.append(name);
    row.insertCell().textContent = String(count);
    row.dataset.status = status;
    return [row];
  });
  page.counts.replaceChildren(...rows);
}

function addChange(at: string, text: string, id?: number): void {
  const item = document.createElement("li");
  const time = document.createElement("time");
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleTimeString();
  if (id !== undefined) item.dataset.event = String(id);
  item.append(time, text);
  page.changes.prepend(item);
  while (page.changes.childElementCount > MOST_CHANGES) page.changes.lastElementChild?.remove();
}

function showFeedState(expid: string, state: FeedState): void {
  if (state.kind === "open")
    showState("open", `Following ${expid}${state.by === "poll" ? ", by asking every two seconds" : ""}.`);
  else if (state.kind === "waiting")
    showState("waiting", `Cut off (${state.reason}); again in ${Math.ceil(state.retryMs / 1000)} s.`);
}

function showState(kind: string, text: string): void {
  page.state.dataset.kind = kind;
  page.state.textContent = text;
}
