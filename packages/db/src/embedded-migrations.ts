import type { DatabaseName } from "./schema/migrated-tables.js";

/** One step of a database's schema: what `drizzle-kit` generated, made tolerant of tables that exist already. */
export interface EmbeddedMigration {
  tag: string;
  /** When it was generated, milliseconds since the epoch; orders the steps. */
  when: number;
  statements: string[];
}

/** Written by `generate-migrations.ts` from `migrations/`: change the schema and generate again instead. */
export const EMBEDDED_MIGRATIONS: Record<DatabaseName, EmbeddedMigration[]> = {
  main: [
    {
      tag: "0000_initial",
      when: 1795462095010,
      statements: [
        "CREATE TABLE IF NOT EXISTS `details` (\n\t`exp_id` integer PRIMARY KEY NOT NULL,\n\t`user` text NOT NULL,\n\t`created` text NOT NULL,\n\t`model` text NOT NULL,\n\t`branch` text NOT NULL,\n\t`hpc` text NOT NULL\n);",
      ],
    },
  ],
  status: [
    {
      tag: "0000_initial",
      when: 1795462095307,
      statements: [
        "CREATE TABLE IF NOT EXISTS `experiment_status` (\n\t`exp_id` integer PRIMARY KEY NOT NULL,\n\t`name` text NOT NULL,\n\t`status` text NOT NULL,\n\t`seconds_diff` integer NOT NULL,\n\t`modified` text NOT NULL\n);",
      ],
    },
  ],
  api: [
    {
      tag: "0000_initial",
      when: 1795462095679,
      statements: [
        "CREATE TABLE IF NOT EXISTS `user_preferences` (\n\t`user_id` text PRIMARY KEY NOT NULL,\n\t`preferred_username` text NOT NULL,\n\t`created` text NOT NULL,\n\t`modified` text NOT NULL\n);",
        "CREATE TABLE IF NOT EXISTS `worker_tasks` (\n\t`task` text PRIMARY KEY NOT NULL,\n\t`enabled` integer NOT NULL,\n\t`schedule` text NOT NULL,\n\t`next_run_at` integer,\n\t`updated_at` integer NOT NULL,\n\t`updated_by` text NOT NULL\n);",
        "CREATE TABLE IF NOT EXISTS `worker_cycles` (\n\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n\t`task` text NOT NULL,\n\t`started_at` integer NOT NULL,\n\t`started_by` text NOT NULL,\n\t`finished_at` integer,\n\t`experiments` integer NOT NULL,\n\t`examined` integer NOT NULL,\n\t`read` integer NOT NULL,\n\t`changed` integer NOT NULL,\n\t`failed` integer NOT NULL\n);",
        "CREATE UNIQUE INDEX IF NOT EXISTS `worker_cycles_open` ON `worker_cycles` (`task`) WHERE finished_at is null;",
        "CREATE TABLE IF NOT EXISTS `worker_leases` (\n\t`cycle_id` integer NOT NULL,\n\t`part` integer NOT NULL,\n\t`first_exp_id` integer NOT NULL,\n\t`last_exp_id` integer NOT NULL,\n\t`holder` text,\n\t`expires_at` integer,\n\t`finished_at` integer,\n\tPRIMARY KEY(`cycle_id`, `part`)\n);",
        "CREATE TABLE IF NOT EXISTS `worker_failures` (\n\t`task` text NOT NULL,\n\t`exp_id` integer NOT NULL,\n\t`expid` text NOT NULL,\n\t`message` text NOT NULL,\n\t`first_failed_at` integer NOT NULL,\n\t`failed_at` integer NOT NULL,\n\t`times` integer NOT NULL,\n\tPRIMARY KEY(`task`, `exp_id`)\n);",
        "CREATE TABLE IF NOT EXISTS `worker_fingerprints` (\n\t`task` text NOT NULL,\n\t`exp_id` integer NOT NULL,\n\t`fingerprint` text NOT NULL,\n\tPRIMARY KEY(`task`, `exp_id`)\n);",
      ],
    },
    {
      tag: "0001_audit",
      when: 1795472937441,
      statements: [
        "CREATE TABLE IF NOT EXISTS `audit_entries` (\n\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n\t`at` integer NOT NULL,\n\t`user` text,\n\t`kind` text NOT NULL,\n\t`address` text NOT NULL,\n\t`action` text NOT NULL,\n\t`expid` text,\n\t`outcome` text NOT NULL,\n\t`detail` text,\n\t`request_id` text NOT NULL,\n\t`keep_until` integer\n);",
        "CREATE TRIGGER IF NOT EXISTS `audit_entries_unchanged` BEFORE UPDATE ON `audit_entries`\nBEGIN\n\tSELECT RAISE(ABORT, 'audit entries are never changed');\nEND;",
        "CREATE TRIGGER IF NOT EXISTS `audit_entries_kept` BEFORE DELETE ON `audit_entries`\nWHEN OLD.`keep_until` IS NULL OR OLD.`keep_until` > CAST(strftime('%s', 'now') AS INTEGER) * 1000\nBEGIN\n\tSELECT RAISE(ABORT, 'audit entries are kept until their time');\nEND;",
      ],
    },
  ],
  runners: [
    {
      tag: "0000_initial",
      when: 1795462096067,
      statements: [
        "CREATE TABLE IF NOT EXISTS `runner_processes` (\n\t`id` integer PRIMARY KEY NOT NULL,\n\t`expid` text NOT NULL,\n\t`pid` integer NOT NULL,\n\t`status` text NOT NULL,\n\t`runner` text NOT NULL,\n\t`module_loader` text NOT NULL,\n\t`modules` text NOT NULL,\n\t`created` text NOT NULL,\n\t`modified` text NOT NULL,\n\t`runner_extra_params` text\n);",
      ],
    },
  ],
  events: [
    {
      tag: "0000_initial",
      when: 1795473035846,
      statements: [
        "CREATE TABLE IF NOT EXISTS `journal_events` (\n\t`id` integer PRIMARY KEY NOT NULL,\n\t`at` integer NOT NULL,\n\t`expid` text NOT NULL,\n\t`kind` text NOT NULL,\n\t`data` text NOT NULL\n);",
        "CREATE INDEX IF NOT EXISTS `journal_events_expid` ON `journal_events` (`expid`,`id`);",
        "CREATE TABLE IF NOT EXISTS `journal_bounds` (\n\t`id` integer PRIMARY KEY NOT NULL,\n\t`removed_through` integer NOT NULL,\n\t`newest` integer NOT NULL,\n\t`size_bytes` integer NOT NULL\n);",
        "CREATE TABLE IF NOT EXISTS `watched_states` (\n\t`expid` text NOT NULL,\n\t`aspect` text NOT NULL,\n\t`revision` integer NOT NULL,\n\t`fingerprint` text NOT NULL,\n\t`base` text NOT NULL,\n\t`state` text NOT NULL,\n\tPRIMARY KEY(`expid`, `aspect`)\n);",
        "CREATE TABLE IF NOT EXISTS `named_leases` (\n\t`name` text PRIMARY KEY NOT NULL,\n\t`holder` text NOT NULL,\n\t`expires_at` integer NOT NULL\n);",
      ],
    },
    {
      tag: "0001_webhooks",
      when: 1795475367628,
      statements: [
        "CREATE TABLE IF NOT EXISTS `webhook_positions` (\n\t`webhook` text PRIMARY KEY NOT NULL,\n\t`through` integer NOT NULL\n);",
        "CREATE TABLE IF NOT EXISTS `webhook_deliveries` (\n\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n\t`webhook` text NOT NULL,\n\t`event_id` integer NOT NULL,\n\t`at` integer NOT NULL,\n\t`expid` text NOT NULL,\n\t`kind` text NOT NULL,\n\t`data` text NOT NULL,\n\t`attempts` integer NOT NULL,\n\t`next_attempt_at` integer,\n\t`last_error` text,\n\t`last_attempt_at` integer\n);",
        "CREATE INDEX IF NOT EXISTS `webhook_deliveries_due` ON `webhook_deliveries` (`next_attempt_at`);",
      ],
    },
  ],
};
