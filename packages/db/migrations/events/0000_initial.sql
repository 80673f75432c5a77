CREATE TABLE IF NOT EXISTS `journal_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`expid` text NOT NULL,
	`kind` text NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS `journal_events_expid` ON `journal_events` (`expid`,`id`);--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `journal_bounds` (
	`id` integer PRIMARY KEY NOT NULL,
	`removed_through` integer NOT NULL,
	`newest` integer NOT NULL,
	`size_bytes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `watched_states` (
	`expid` text NOT NULL,
	`aspect` text NOT NULL,
	`revision` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`base` text NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`expid`, `aspect`)
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `named_leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`expires_at` integer NOT NULL
);
