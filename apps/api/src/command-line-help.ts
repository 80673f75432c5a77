const SETTINGS = `AUTOSUBMIT_CONFIGURATION names the .autosubmitrc of the site. All settings are environment variables, also read from a .env
file in the working directory; options win over both. "autosubmit-api check-config" shows what holds.
`;

/** The text of `--help` without a command. */
export const HELP = `Serves Autosubmit experiments over HTTP.

usage: autosubmit-api start [options]
       autosubmit-api check-config [options of start]
       autosubmit-api doctor [options of start]
       autosubmit-api migrate [--check]
       autosubmit-api import-site --to FILE [--only EXPID,…] [--dry-run]
       autosubmit-api openapi [--out FILE]

  start          serves until it is told to stop
  check-config   says which settings would hold and where each comes from; starts nothing
  doctor         looks at the site and at this machine and says what is wrong and what to do; changes nothing
  migrate        adds to the site's databases the tables that this version needs and they lack
  import-site    copies the tables of a site in SQLite files into PostgreSQL
  openapi        writes the description of every route, as OpenAPI 3.1

  -h, --help     this text, or after a command what that takes
  -v, --version  the version

${SETTINGS}`;

const START_OPTIONS = `  -b, --bind ADDRESS:PORT     address and port to listen on, e.g. 0.0.0.0:8081
  --host ADDRESS              address to listen on (HOST, default 127.0.0.1)
  --port NUMBER               port to listen on, 0 for any free one (PORT, default 8081)
  --root-path PATH            prefix under which a proxy serves the API (AS_API_ROOT_PATH)
  -w, --workers NUMBER        processes that serve together (AS_API_WORKERS, default 1)
  --threads NUMBER            threads that build answers (AS_API_RENDER_THREADS, default: cores less one)
  -t, --timeout SECONDS       an answer that takes longer is given up (AS_API_RENDER_TIMEOUT_SECONDS, default 120)
  --graceful-timeout SECONDS  how long requests may take to finish after SIGTERM (AS_API_SHUTDOWN_TIMEOUT_SECONDS,
                              default 10)
  --log-file FILE             where the log goes; - is standard output (AS_API_LOG_FILE, default -). Opened anew on
                              SIGHUP, for logrotate. --error-logfile is the same
  --log-level LEVEL           trace, debug, info, warn, error, fatal or silent (LOG_LEVEL, default info)
`;

/** The text of `--help` after each command. */
export const HELP_OF = {
  start: `Serves Autosubmit experiments until it is told to stop (SIGTERM, Ctrl-C).

usage: autosubmit-api start [options]

${START_OPTIONS}
${SETTINGS}`,
  "check-config": `Says which settings "start" would use, and where each comes from. Secrets are only said to be set. Starts nothing.

usage: autosubmit-api check-config [options of start]

${START_OPTIONS}
The exit status is 1 when "start" would refuse them; the message then names the variable, or the file and the key.
`,
  doctor: `Looks at the site and at this machine as "start" would find them: folders, databases, workers, memory, disk space, time
zone, limits, settings that are dangerous. One line each, and below it what to do. Changes nothing.

usage: autosubmit-api doctor [options of start]

${START_OPTIONS}
The exit status is 1 when something must be mended; warnings alone leave it at 0.
`,
  "import-site": `Copies the tables of the site, which is kept in SQLite files, into PostgreSQL as Autosubmit keeps them there. Files are
only read. Every table is counted and compared after it was copied; what was interrupted or failed is done by the same command
again. Autosubmit must not run meanwhile.

usage: autosubmit-api import-site --to FILE [--only EXPID,…] [--dry-run]

  --to FILE       the .autosubmitrc of the site to be: backend = postgres, connection_url, and the same folders
  --only EXPIDS   only these experiments, separated by commas; the main tables have to be there already
  --dry-run       says what would be copied; needs no server

AUTOSUBMIT_CONFIGURATION names the .autosubmitrc of the site as it is. The exit status is 1 when something could not be copied.
`,
  migrate: `Adds to the site's databases the tables that this version needs and they lack. The workers do so when they start. Only adds;
databases of the reference implementation are taken over as they are.

usage: autosubmit-api migrate [--check]

  --check   only say what would be done; exit status 1 when something would
`,
  openapi: `Writes the description of every route as OpenAPI 3.1 in JSON, as /openapi.json serves it. Needs no site.

usage: autosubmit-api openapi [--out FILE]

  --out FILE   where to; standard output without it
`,
} as const;

/** Options of the reference implementation (it passes on those of gunicorn) that mean nothing here, and what to do instead. */
export const UNUSED_OPTIONS: Readonly<Record<string, string>> = {
  "--init-bg-tasks": "background tasks are done by autosubmit-workers; set RUN_BACKGROUND_TASKS_ON_START=True for it",
  "--disable-bg-tasks": "the API does no background tasks; they are done by autosubmit-workers, where that is started",
  "--access-logfile": "requests are lines of the one log, see --log-file",
  "--capture-output": "everything is in the one log, see --log-file",
  "--log-config": "the log is JSON, one line each; see --log-file and --log-level",
  "-D": "let systemd keep it running, see docs/operations.md",
  "--daemon": "let systemd keep it running, see docs/operations.md",
  "-p": "systemd knows the process, see docs/operations.md",
  "--pid": "systemd knows the process, see docs/operations.md",
  "-u": "set User= in the systemd unit",
  "--user": "set User= in the systemd unit",
  "-g": "set Group= in the systemd unit",
  "--group": "set Group= in the systemd unit",
  "--certfile": "a proxy in front does TLS, see deploy/nginx and deploy/apache",
  "--keyfile": "a proxy in front does TLS, see deploy/nginx and deploy/apache",
  "--forwarded-allow-ips": "set AS_API_TRUST_PROXY=true right behind a proxy",
  "-k": "there is only one kind of worker here",
  "--worker-class": "there is only one kind of worker here",
  "--preload": "there is nothing to load again",
  "--reload": "start it again to load a new version",
  "-c": "settings are environment variables, see check-config",
  "--config": "settings are environment variables, see check-config",
};
