import { parseCommand } from "./command-line.js";
import { HELP } from "./command-line-help.js";
import { IMPLEMENTATION_VERSION, REFERENCE_VERSION } from "./version.js";

/** Runs the command; the exit status is set, not taken, except by a server. Each loads only what it needs. */
export async function main(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  switch (command.kind) {
    case "start": {
      const { runServer } = await import("./server.js");
      return runServer(command.options);
    }
    case "migrate": {
      const { runMigration } = await import("./migrate-databases.js");
      return runMigration(command.check);
    }
    case "import-site": {
      const { runImport } = await import("./import-site/run-import.js");
      return runImport(command);
    }
    case "check-config": {
      const { runCheckConfig } = await import("./check-config.js");
      return runCheckConfig(command.options);
    }
    case "doctor": {
      const { runDoctor } = await import("./doctor/run-doctor.js");
      return runDoctor(command.options);
    }
    case "openapi": {
      const { writeDescription } = await import("./openapi/write-description.js");
      return writeDescription(command.out);
    }
    case "version":
      return print(`autosubmit-api ${IMPLEMENTATION_VERSION} (compatible with ${REFERENCE_VERSION})\n`);
    case "show":
      return print(command.text);
    case "refuse":
      process.stderr.write(`autosubmit-api: ${command.message}\n\n${HELP}`);
      process.exitCode = 2;
  }
}

function print(text: string): void {
  process.stdout.write(text);
}
