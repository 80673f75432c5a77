CREATE TABLE IF NOT EXISTS `audit_entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`user` text,
	`kind` text NOT NULL,
	`address` text NOT NULL,
	`action` text NOT NULL,
	`expid` text,
	`outcome` text NOT NULL,
	`detail` text,
	`request_id` text NOT NULL,
	`keep_until` integer
);

--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS `audit_entries_unchanged` BEFORE UPDATE ON `audit_entries`
BEGIN
	SELECT RAISE(ABORT, 'audit entries are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS `audit_entries_kept` BEFORE DELETE ON `audit_entries`
WHEN OLD.`keep_until` IS NULL OR OLD.`keep_until` > CAST(strftime('%s', 'now') AS INTEGER) * 1000
BEGIN
	SELECT RAISE(ABORT, 'audit entries are kept until their time');
END;
