CREATE TABLE IF NOT EXISTS `webhook_positions` (
	`webhook` text PRIMARY KEY NOT NULL,
	`through` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `webhook_deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`webhook` text NOT NULL,
	`event_id` integer NOT NULL,
	`at` integer NOT NULL,
	`expid` text NOT NULL,
	`kind` text NOT NULL,
	`data` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer,
	`last_error` text,
	`last_attempt_at` integer
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS `webhook_deliveries_due` ON `webhook_deliveries` (`next_attempt_at`);