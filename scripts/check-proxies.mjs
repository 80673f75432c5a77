// Holds the examples of deploy/nginx, deploy/apache and deploy/logrotate to the programs that read them, where those are
// installed (Debian: apt-get install nginx-light apache2-bin logrotate openssl). No part of npm test.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const deploy = join(dirname(fileURLToPath(import.meta.url)), "../deploy");
const folder = mkdtempSync(join(tmpdir(), "check-proxies-"));
let failed = 0;

/** Runs a check and says how it went; a program that is not installed is said, and is no failure. */
function check(name, program, args) {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (error?.code === "ENOENT") return console.log(`left out  ${name}: ${program} is not installed`);
  if (status !== 0) failed += 1;
  console.log(`${status === 0 ? "ok       " : "FAIL     "} ${name}`);
  if (status !== 0) console.log(stderr);
}

function makeCertificate() {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=autosubmit.example.org", "-days", "1"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, ...subject],
    {
      stdio: "ignore",
    },
  );
  return { key, certificate };
}

/** The example with a certificate that exists, on ports that anybody may use. */
function adapted(file, { key, certificate }) {
  return readFileSync(join(deploy, file), "utf8")
    .replaceAll(/\/etc\/ssl\/certs\/\S+\.pem/g, certificate)
    .replaceAll(/\/etc\/ssl\/private\/\S+\.key/g, key)
    .replaceAll("listen 443", "listen 18443")
    .replaceAll("*:443", "*:18443");
}

function checkNginx(files) {
  const main = join(folder, "nginx.conf");
  const example = adapted("nginx/autosubmit-api.conf", files);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const http = `access_log off;\n${paths.join("\n")}\n${example}`;
  writeFileSync(main, `pid ${folder}/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n${http}\n}\n`);
  check("deploy/nginx", "nginx", ["-t", "-c", main, "-p", folder]);
}

const APACHE_MODULES = ["mpm_event", "authz_core", "socache_shmcb", "ssl", "headers", "proxy", "proxy_http"];

function checkApache(files) {
  const modules = "/usr/lib/apache2/modules";
  if (!existsSync(modules)) return console.log("left out  deploy/apache: apache2 is not installed");
  const load = APACHE_MODULES.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
  const own = [`ServerRoot ${folder}`, "ServerName localhost", `PidFile ${folder}/apache.pid`, "Listen 18443"];
  const main = join(folder, "apache.conf");
  mkdirSync(join(folder, "logs"));
  writeFileSync(
    main,
    `${[...load, ...own, "ErrorLog logs/error"].join("\n")}\n${adapted("apache/autosubmit-api.conf", files)}`,
  );
  check("deploy/apache", "apache2", ["-t", "-f", main]);
}

function checkLogrotate() {
  const own = join(folder, "logrotate");
  // This machine may have no user of that name.
  writeFileSync(
    own,
    readFileSync(join(deploy, "logrotate/autosubmit-api"), "utf8").replaceAll("autosubmit autosubmit", "root root"),
  );
  check("deploy/logrotate", "logrotate", ["--debug", "--state", join(folder, "state"), own]);
}

try {
  const files = makeCertificate();
  checkNginx(files);
  checkApache(files);
  checkLogrotate();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
