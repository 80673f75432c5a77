CREATE TABLE IF NOT EXISTS `user_preferences` (
	`user_id` text PRIMARY KEY NOT NULL,
	`preferred_username` text NOT NULL,
	`created` text NOT NULL,
	`modified` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `worker_tasks` (
	`task` text PRIMARY KEY NOT NULL,
	`enabled` integer NOT NULL,
	`schedule` text NOT NULL,
	`next_run_at` integer,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `worker_cycles` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`task` text NOT NULL,
	`started_at` integer NOT NULL,
	`started_by` text NOT NULL,
	`finished_at` integer,
	`experiments` integer NOT NULL,
	`examined` integer NOT NULL,
	`read` integer NOT NULL,
	`changed` integer NOT NULL,
	`failed` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS `worker_cycles_open` ON `worker_cycles` (`task`) WHERE finished_at is null;--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `worker_leases` (
	`cycle_id` integer NOT NULL,
	`part` integer NOT NULL,
	`first_exp_id` integer NOT NULL,
	`last_exp_id` integer NOT NULL,
	`holder` text,
	`expires_at` integer,
	`finished_at` integer,
	PRIMARY KEY(`cycle_id`, `part`)
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `worker_failures` (
	`task` text NOT NULL,
	`exp_id` integer NOT NULL,
	`expid` text NOT NULL,
	`message` text NOT NULL,
	`first_failed_at` integer NOT NULL,
	`failed_at` integer NOT NULL,
	`times` integer NOT NULL,
	PRIMARY KEY(`task`, `exp_id`)
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `worker_fingerprints` (
	`task` text NOT NULL,
	`exp_id` integer NOT NULL,
	`fingerprint` text NOT NULL,
	PRIMARY KEY(`task`, `exp_id`)
);
