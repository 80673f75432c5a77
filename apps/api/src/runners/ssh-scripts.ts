import type { Command, ProcessHandle, StopSignal } from "./command-host.js";
import { shellQuote, shellQuoteAll } from "./shell-quote.js";

/**
 * What the other machine is told to do: scripts for a POSIX shell. All text is constant but for words that went through
 * `shellQuote`. Each answers with a line that starts with the nonce of its sending, so that what a login shell prints by
 * itself is never taken for an answer.
 *
 * Of a run the machine keeps, in `$XDG_STATE_HOME/autosubmit-api/runs/<runId>` (by default below `~/.local/state`):
 * `claim` (which process it is, or that it must never start; made once, whole), `status` (how it ended), and what it printed:
 * `output`, then `output.1`, then `output.2`, the oldest.
 */

/** Reading from a pipe in blocks of 4 KiB, each written at once: at most 4 MiB in each of three files. */
const BLOCK_BYTES = 4_096;
const BLOCKS = 1_024;
/** Days for which what ended runs left behind is kept. */
const KEPT_DAYS = 30;

/**
 * `identity PID` prints what tells a process from a later one of the same number, and fails when there is none: machine,
 * boot and start tick on Linux (proc(5), field 22, counted from behind the name, which may hold anything), elsewhere the time of its start.
 */
const IDENTITY = `
identity() {
  if read -r boot 2>/dev/null </proc/sys/kernel/random/boot_id; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    set -- \${stat##*") "}
    case $1 in Z | X) return 1 ;; esac
    shift 19
    echo "linux $(uname -n) $boot $1"
  else
    started=$(LC_ALL=C TZ=UTC0 ps -o lstart= -p "$1" 2>/dev/null) || return 1
    echo "ps $(uname -n) $started"
  fi
}`;

const FOLDER = `
base=\${XDG_STATE_HOME:-$HOME/.local/state}/autosubmit-api/runs`;

const findProgram = (nonce: string, program: string) => `
program=${shellQuote(program)}
case $program in
*/*) [ -f "$program" ] && [ -x "$program" ] ;;
*) command -v "$program" >/dev/null 2>&1 ;;
esac || { echo ${nonce} missing; exit 127; }`;

/** Answers `started PID IDENTITY` on both streams, then becomes the command. */
export function runScript(nonce: string, { argv, stdin }: Command): string {
  const words = shellQuoteAll(argv);
  const run = stdin === null ? `exec ${words} </dev/null` : `printf %s ${shellQuote(stdin)} | ${words}\nexit $?`;
  return `${IDENTITY}${findProgram(nonce, argv[0])}
echo "${nonce} started $$ $(identity $$)"
echo ${nonce} >&2
${run}`;
}

/** The process itself: it says who it is before it becomes the command, unless it was revoked meanwhile. */
const PROCESS = `${IDENTITY}
folder=$1 nonce=$2
shift 2
who="$$ $(identity $$)" || exit 125
(umask 077 && echo "$who" >"$folder/claim.$$" && ln "$folder/claim.$$" "$folder/claim") 2>/dev/null || exit 125
rm -f "$folder/claim.$$"
printf '%s started %s\\t%s\\n' "$nonce" "$who" "$folder" >&3
exec 3>&-
exec "$@"`;

/** Keeps the end of what is printed, within bounds; when that fails, goes on reading, or the run would be ended by it. */
const KEEP_OUTPUT = `
umask 077
while cd "$folder" && dd bs=${BLOCK_BYTES} count=${BLOCKS} of=output 2>/dev/null && [ -s output ]; do
  [ ! -e output.2 ] || : >dropped
  [ ! -e output.1 ] || mv -f output.1 output.2
  mv -f output output.1
done
exec cat >/dev/null`;

/**
 * Starts a run and answers `started PID IDENTITY<tab>FOLDER`, `missing` or `taken`. Its shell stays to keep output and status; not as a
 * job in the background, as those start with SIGINT ignored, and Autosubmit is stopped with it. (The Korn shell adds 256 to
 * the number of a signal, others 128.)
 */
export function startScript(nonce: string, { argv, stdin }: Command, runId: string): string {
  return `${FOLDER}
folder=$base/${runId}
(umask 077 && mkdir -p "$base") || { echo ${nonce} unwritable; exit 1; }${findProgram(nonce, argv[0])}
command -v setsid >/dev/null 2>&1 || { echo ${nonce} nosetsid; exit 1; }
(umask 077 && mkdir "$folder") 2>/dev/null || { echo ${nonce} taken; exit 1; }
find "$base" -mindepth 2 -maxdepth 2 -name status -mtime +${KEPT_DAYS} -exec sh -c 'for status; do rm -rf "\${status%/*}"; done' sh {} + 2>/dev/null
(umask 077 && printf %s ${shellQuote(stdin ?? "")} >"$folder/stdin") || { echo ${nonce} unwritable; exit 1; }
trap '' HUP
exec 3>&1 >/dev/null 2>&1 </dev/null
{
  setsid sh -c ${shellQuote(PROCESS)} sh "$folder" ${nonce} ${shellQuoteAll(argv)} <"$folder/stdin" 2>&1
  status=$?
  [ "$status" -lt 256 ] || status=$((status - 128))
  exec 3>&-
  (umask 077 && echo "$status" >"$folder/status.new" && mv -f "$folder/status.new" "$folder/status")
} | { exec 3>&-; ${KEEP_OUTPUT}
}`;
}

/** Answers `claimed PID IDENTITY<tab>FOLDER`, or `revoked`: then nothing of that name starts any more. */
export function findScript(nonce: string, runId: string): string {
  return `${FOLDER}
folder=$base/${runId}
umask 077
mkdir -p "$folder" || { echo ${nonce} unwritable; exit 1; }
echo revoked >"$folder/revoke.$$" && ln "$folder/revoke.$$" "$folder/claim" 2>/dev/null && echo revoked >"$folder/status"
rm -f "$folder/revoke.$$"
read -r claim <"$folder/claim" || { echo ${nonce} unwritable; exit 1; }
case $claim in revoked) echo ${nonce} revoked ;; *) printf '%s\\t%s\\n' "${nonce} claimed $claim" "$folder" ;; esac`;
}

const sameProcess = ({ pid, startedAt }: ProcessHandle) => `[ "$(identity ${pid})" = ${shellQuote(startedAt)} ]`;

/** Answers `elsewhere MACHINE` when this is not the machine of the process: a name may stand for several. */
const onItsMachine = (nonce: string, { startedAt }: ProcessHandle) => `
machine=$(uname -n)
[ "$machine" = ${shellQuote(startedAt.split(" ")[1] ?? "")} ] || { echo "${nonce} elsewhere $machine"; exit 0; }`;

/**
 * Answers `ended STATUS` or `running`. A status that was written counts on every machine, as homes are shared. Between a process's end and its
 * status lies a moment.
 */
export function inspectScript(nonce: string, handle: ProcessHandle): string {
  return `${IDENTITY}${FOLDER}
folder=$base/${handle.runId}
answer() {
  if [ -f "$folder/status" ]; then echo "${nonce} ended $(cat "$folder/status")"; exit 0; fi
}
answer${onItsMachine(nonce, handle)}
if ${sameProcess(handle)}; then echo ${nonce} running; exit 0; fi
for moment in 1 2 3 4 5; do
  answer
  sleep 0.1 2>/dev/null || sleep 1
done
answer
echo ${nonce} ended unknown`;
}

/** Answers `done`. To the group of the process, which it leads. */
export function signalScript(nonce: string, handle: ProcessHandle, name: StopSignal): string {
  return `${IDENTITY}${onItsMachine(nonce, handle)}
if ${sameProcess(handle)}; then kill -s ${name.slice(3)} -- -${handle.pid}; fi
echo ${nonce} done`;
}

/** Ends a command whose time is up: its group or, where it leads none, itself. Answers `done`. */
export function killScript(nonce: string, pid: number, startedAt: string): string {
  const handle = { pid, startedAt, runId: "", outputPath: null };
  return `${IDENTITY}
if ${sameProcess(handle)}; then kill -s KILL -- -${pid} 2>/dev/null || kill -s KILL ${pid}; fi
echo ${nonce} done`;
}

/** Answers `output TOTAL DROPPED`, then the end of what was printed. */
export function outputScript(nonce: string, runId: string, maxBytes: number): string {
  return `${FOLDER}
cd "$base/${runId}" 2>/dev/null || { echo ${nonce} output 0 0; exit 0; }
printed() { cat output.2 output.1 output 2>/dev/null; }
[ -e dropped ] && dropped=1 || dropped=0
echo ${nonce} output $(($(printed | wc -c))) $dropped
printed | tail -c ${maxBytes}`;
}
