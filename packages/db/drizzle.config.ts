import { defineConfig } from "drizzle-kit";

/** Schema files by database; `DATABASE` chooses one, `DIALECT` the system (see generate-migrations.ts). */
const SCHEMAS: Record<string, string[]> = {
  main: ["details"],
  status: ["experiment-status"],
  api: [
    "user-preferences",
    "worker-tasks",
    "worker-cycles",
    "worker-leases",
    "worker-failures",
    "worker-fingerprints",
    "audit-entries",
  ],
  runners: ["runner-processes"],
  events: [
    "journal-events",
    "journal-bounds",
    "watched-states",
    "named-leases",
    "webhook-positions",
    "webhook-deliveries",
  ],
};

const database = process.env.DATABASE ?? "";
const schemas = SCHEMAS[database];
if (!schemas) throw new Error(`DATABASE must be one of ${Object.keys(SCHEMAS).join(", ")}`);

export default defineConfig(
  process.env.DIALECT === "postgresql"
    ? {
        dialect: "postgresql",
        schema: `./src/postgres/schema/${database}.ts`,
        out: `./migrations/postgres/${database}`,
      }
    : {
        dialect: "sqlite",
        schema: schemas.map((name) => `./src/schema/${name}.ts`),
        out: `./migrations/${database}`,
      },
);
