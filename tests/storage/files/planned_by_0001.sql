BEGIN TRANSACTION;
CREATE TABLE accounts (
	messenger VARCHAR(16) NOT NULL, 
	external_id BIGINT NOT NULL, 
	person_id INTEGER NOT NULL, 
	linked_at DATETIME NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (messenger, external_id), 
	CONSTRAINT fk_accounts_person_id FOREIGN KEY(person_id) REFERENCES persons (id)
);
INSERT INTO "accounts" VALUES('telegram',1001,1,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1002,2,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1003,3,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1004,4,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1005,5,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1006,6,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1007,7,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1008,8,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1009,9,'2026-09-07 09:00:00.000000');
INSERT INTO "accounts" VALUES('telegram',1010,10,'2026-09-07 09:00:00.000000');
CREATE TABLE activities (
	id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	document_id INTEGER, 
	unit_id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	responsible TEXT NOT NULL, 
	result TEXT NOT NULL, 
	phrase TEXT NOT NULL, 
	term JSON NOT NULL, 
	audience JSON NOT NULL, 
	timezone VARCHAR(64) NOT NULL, 
	link TEXT, 
	state VARCHAR(16) NOT NULL, 
	source VARCHAR(64), 
	opened_until DATE, 
	created_by INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_activities PRIMARY KEY (id), 
	CONSTRAINT fk_activities_created_by FOREIGN KEY(created_by) REFERENCES persons (id), 
	CONSTRAINT fk_activities_document_id FOREIGN KEY(document_id) REFERENCES documents (id), 
	CONSTRAINT fk_activities_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_activities_source UNIQUE (source)
);
INSERT INTO "activities" VALUES(1,'task',1,1,'Мероприятие 1','Школы','Отчёт','до 15 октября 2026 года','{"kind": "deadline", "start": null, "end": "2026-10-15", "precision": "day", "tz": null, "rrule": null}','{"unit_ids": [1], "answered_by": "school", "roles": [], "cohort": null}','Europe/Moscow',NULL,'active',NULL,NULL,1,'2026-09-07 09:00:00.000000');
INSERT INTO "activities" VALUES(2,'task',1,1,'Мероприятие 2','Школы','Отчёт','1 октября 2021 года, далее – ежеквартально','{"kind": "recurring", "start": "2021-10-01", "end": null, "precision": "day", "tz": null, "rrule": "FREQ=MONTHLY;INTERVAL=3"}','{"unit_ids": [1], "answered_by": "school", "roles": [], "cohort": null}','Europe/Moscow',NULL,'active',NULL,'2027-10-12',1,'2026-09-07 09:00:00.000000');
INSERT INTO "activities" VALUES(3,'task',1,1,'Мероприятие 6','Школы','Отчёт','по мере необходимости','{"kind": "as_needed", "start": null, "end": null, "precision": null, "tz": null, "rrule": null}','{"unit_ids": [1], "answered_by": "school", "roles": [], "cohort": null}','Europe/Moscow',NULL,'active',NULL,NULL,1,'2026-09-07 09:00:00.000000');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE assignments (
	id INTEGER NOT NULL, 
	occurrence_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	person_id INTEGER, 
	answer VARCHAR(16), 
	answered_at DATETIME, 
	answered_by INTEGER, 
	comment TEXT, 
	withdrawn_at DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_assignments PRIMARY KEY (id), 
	CONSTRAINT fk_assignments_answered_by FOREIGN KEY(answered_by) REFERENCES persons (id), 
	CONSTRAINT fk_assignments_occurrence_id FOREIGN KEY(occurrence_id) REFERENCES occurrences (id), 
	CONSTRAINT fk_assignments_person_id FOREIGN KEY(person_id) REFERENCES persons (id), 
	CONSTRAINT fk_assignments_unit_id FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "assignments" VALUES(1,1,3,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(2,1,4,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(3,1,6,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(4,2,3,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(5,2,4,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(6,2,6,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(7,3,3,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(8,3,4,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(9,3,6,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(10,4,3,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(11,4,4,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(12,4,6,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(13,5,3,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(14,5,4,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(15,5,6,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(16,6,3,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(17,6,4,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "assignments" VALUES(18,6,6,NULL,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person_id INTEGER, 
	act VARCHAR(64) NOT NULL, 
	unit_id INTEGER, 
	detail JSON NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id), 
	CONSTRAINT fk_audit_person_id FOREIGN KEY(person_id) REFERENCES persons (id), 
	CONSTRAINT fk_audit_unit_id FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "audit" VALUES(1,'2026-09-07 09:00:00.000000',1,'document imported',1,'{"document": 1}');
INSERT INTO "audit" VALUES(2,'2026-09-07 09:00:00.000000',1,'document planned',1,'{"document": 1, "activities": 3, "dates": 6}');
INSERT INTO "audit" VALUES(3,'2026-09-07 09:00:00.000000',1,'document imported',1,'{"document": 2}');
CREATE TABLE dialogues (
	"key" VARCHAR(64) NOT NULL, 
	state VARCHAR(64), 
	data JSON NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_dialogues PRIMARY KEY ("key")
);
CREATE TABLE document_rows (
	id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	number VARCHAR(32) NOT NULL, 
	title TEXT NOT NULL, 
	responsible TEXT NOT NULL, 
	result TEXT NOT NULL, 
	phrase TEXT NOT NULL, 
	term JSON NOT NULL, 
	links JSON NOT NULL, 
	problems JSON NOT NULL, 
	typed_phrase TEXT, 
	decision VARCHAR(16) NOT NULL, 
	audience JSON, 
	activity_id INTEGER, 
	CONSTRAINT pk_document_rows PRIMARY KEY (id), 
	CONSTRAINT fk_document_rows_activity_id FOREIGN KEY(activity_id) REFERENCES activities (id), 
	CONSTRAINT fk_document_rows_document_id FOREIGN KEY(document_id) REFERENCES documents (id), 
	CONSTRAINT uq_document_rows_document_id_position UNIQUE (document_id, position)
);
INSERT INTO "document_rows" VALUES(1,1,1,'1','Мероприятие 1','Школы','Отчёт','до 15 октября 2026 года','{"kind": "deadline", "start": null, "end": "2026-10-15", "precision": "day", "tz": null, "rrule": null, "doubts": []}','[]','[]',NULL,'take',NULL,1);
INSERT INTO "document_rows" VALUES(2,1,2,'2','Мероприятие 2','Школы','Отчёт','1 октября 2021 года, далее – ежеквартально','{"kind": "recurring", "start": "2021-10-01", "end": null, "precision": "day", "tz": null, "rrule": "FREQ=MONTHLY;INTERVAL=3", "doubts": []}','[]','[]',NULL,'take',NULL,2);
INSERT INTO "document_rows" VALUES(3,1,3,'3','Мероприятие 3','Школы','Отчёт','до 1 июня 2026 года','{"kind": "deadline", "start": null, "end": "2026-06-01", "precision": "day", "tz": null, "rrule": null, "doubts": []}','[]','[]',NULL,'take',NULL,NULL);
INSERT INTO "document_rows" VALUES(4,1,4,'4','Мероприятие 4','Школы','Отчёт','до 15 ноября','{"kind": "deadline", "start": null, "end": "2026-11-15", "precision": "day", "tz": null, "rrule": null, "doubts": ["year_assumed"]}','[]','[]',NULL,'take',NULL,NULL);
INSERT INTO "document_rows" VALUES(5,1,5,'5','Мероприятие 5','Школы','Отчёт','в установленные сроки, но не позже','{"kind": "unparsable", "start": null, "end": null, "precision": null, "tz": null, "rrule": null, "negative": true, "doubts": []}','[]','[]',NULL,'take',NULL,NULL);
INSERT INTO "document_rows" VALUES(6,1,6,'6','Мероприятие 6','Школы','Отчёт','по мере необходимости','{"kind": "as_needed", "start": null, "end": null, "precision": null, "tz": null, "rrule": null, "doubts": []}','[]','[]',NULL,'take',NULL,3);
INSERT INTO "document_rows" VALUES(7,1,7,'7','Мероприятие 7','Школы','Отчёт','ежеквартально','{"kind": "recurring", "start": null, "end": null, "precision": null, "tz": null, "rrule": "FREQ=MONTHLY;INTERVAL=3", "doubts": ["no_day"]}','[]','[]',NULL,'take',NULL,NULL);
INSERT INTO "document_rows" VALUES(8,2,1,'1','Мероприятие 1','Школы','Отчёт','до 1 декабря 2026 года','{"kind": "deadline", "start": null, "end": "2026-12-01", "precision": "day", "tz": null, "rrule": null, "doubts": []}','[]','[]',NULL,'take',NULL,NULL);
INSERT INTO "document_rows" VALUES(9,2,2,'2','Мероприятие 2','Школы','Отчёт','ежегодно, до 25 сентября','{"kind": "recurring", "start": "2026-09-25", "end": null, "precision": "day", "tz": null, "rrule": "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=25", "doubts": ["year_assumed"]}','[]','[]',NULL,'take',NULL,NULL);
CREATE TABLE documents (
	id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	number VARCHAR(64), 
	dated DATE, 
	title TEXT NOT NULL, 
	region VARCHAR(100), 
	controller TEXT, 
	file_name VARCHAR(255), 
	file_hash VARCHAR(64), 
	file BLOB, 
	state VARCHAR(16) NOT NULL, 
	version INTEGER NOT NULL, 
	audience JSON NOT NULL, 
	problems JSON NOT NULL, 
	created_by INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	planned_at DATETIME, 
	CONSTRAINT pk_documents PRIMARY KEY (id), 
	CONSTRAINT fk_documents_created_by FOREIGN KEY(created_by) REFERENCES persons (id), 
	CONSTRAINT fk_documents_unit_id FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "documents" VALUES(1,1,'roadmap','1074-р','2026-08-10','Комплекс мер «Точка роста»','Владимирская область','Иванов И. И.','карта.docx','5c3609fb89ae22dbb46e47e9c0abf63c3914b15deecdd2c96fea35cdf3b34dd4',X'6120726F61646D6170','planned',2,'{"unit_ids": [1], "answered_by": "school", "roles": [], "cohort": null}','[{"code": "missing_number", "number": "9"}]',1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000');
INSERT INTO "documents" VALUES(2,1,'roadmap','1074-р','2026-08-10','Комплекс мер «Точка роста»','Владимирская область','Иванов И. И.','черновик.docx','ae448ac86c4e8e4dec645729708ef41873ae79c6dff84eff73360989487f08e5',X'616E6F74686572','draft',1,'{"unit_ids": [1], "answered_by": "school", "roles": [], "cohort": null}','[{"code": "missing_number", "number": "9"}]',1,'2026-09-07 09:00:00.000000',NULL);
CREATE TABLE inbox (
	update_id BIGINT NOT NULL, 
	chat_id BIGINT, 
	payload JSON NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER NOT NULL, 
	error TEXT, 
	received_at DATETIME NOT NULL, 
	handled_at DATETIME, 
	CONSTRAINT pk_inbox PRIMARY KEY (update_id)
);
CREATE TABLE invitations (
	id INTEGER NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	unit_id INTEGER NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	person_id INTEGER, 
	invited_name VARCHAR(255), 
	cohort VARCHAR(50), 
	created_by INTEGER, 
	created_at DATETIME NOT NULL, 
	used_at DATETIME, 
	revoked_at DATETIME, 
	CONSTRAINT pk_invitations PRIMARY KEY (id), 
	CONSTRAINT fk_invitations_created_by FOREIGN KEY(created_by) REFERENCES persons (id), 
	CONSTRAINT fk_invitations_person_id FOREIGN KEY(person_id) REFERENCES persons (id), 
	CONSTRAINT fk_invitations_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_invitations_token UNIQUE (token)
);
CREATE TABLE join_requests (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	created_at DATETIME NOT NULL, 
	decided_at DATETIME, 
	decided_by INTEGER, 
	CONSTRAINT pk_join_requests PRIMARY KEY (id), 
	CONSTRAINT fk_join_requests_decided_by FOREIGN KEY(decided_by) REFERENCES persons (id), 
	CONSTRAINT fk_join_requests_person_id FOREIGN KEY(person_id) REFERENCES persons (id), 
	CONSTRAINT fk_join_requests_unit_id FOREIGN KEY(unit_id) REFERENCES units (id)
);
CREATE TABLE memberships (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	standing VARCHAR(16) NOT NULL, 
	programme VARCHAR(100), 
	cohort VARCHAR(50), 
	created_at DATETIME NOT NULL, 
	left_at DATETIME, 
	CONSTRAINT pk_memberships PRIMARY KEY (id), 
	CONSTRAINT fk_memberships_person_id FOREIGN KEY(person_id) REFERENCES persons (id), 
	CONSTRAINT fk_memberships_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_memberships_person_id_unit_id_role UNIQUE (person_id, unit_id, role)
);
INSERT INTO "memberships" VALUES(1,1,1,'coordinator','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(2,2,2,'coordinator','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(3,3,3,'coordinator','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(4,4,4,'coordinator','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(5,5,6,'coordinator','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(6,6,7,'coordinator','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(7,7,9,'coordinator','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(8,8,3,'teacher','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(9,9,4,'teacher','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(10,10,9,'teacher','main',NULL,NULL,'2026-09-07 09:00:00.000000',NULL);
CREATE TABLE notices (
	id INTEGER NOT NULL, 
	"key" VARCHAR(120) NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	occurrence_id INTEGER, 
	occurrence_version INTEGER, 
	assignment_id INTEGER, 
	document_id INTEGER, 
	unit_id INTEGER, 
	days_before INTEGER, 
	detail JSON, 
	attempts INTEGER NOT NULL, 
	was_in_doubt BOOLEAN DEFAULT 0 NOT NULL, 
	claimed_at DATETIME, 
	settled_at DATETIME, 
	error VARCHAR(255), 
	chat_id BIGINT, 
	message_id BIGINT, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_notices PRIMARY KEY (id), 
	CONSTRAINT fk_notices_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignments (id), 
	CONSTRAINT fk_notices_document_id FOREIGN KEY(document_id) REFERENCES documents (id), 
	CONSTRAINT fk_notices_occurrence_id FOREIGN KEY(occurrence_id) REFERENCES occurrences (id), 
	CONSTRAINT fk_notices_person_id FOREIGN KEY(person_id) REFERENCES persons (id), 
	CONSTRAINT fk_notices_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_notices_key UNIQUE ("key")
);
INSERT INTO "notices" VALUES(1,'doc1:p3:assigned:a1:v1',3,'assigned','sent','2026-09-07 09:00:00.000000','2027-10-01 20:59:59.000000',NULL,NULL,NULL,1,NULL,NULL,'{"assignments": [1, 4, 7, 10, 13, 16]}',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(2,'a1:v1:p3:reminder14',3,'reminder','planned','2026-10-01 06:00:00.000000','2026-10-08 06:00:00.000000',1,1,1,NULL,3,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(3,'a1:v1:p3:reminder7',3,'reminder','planned','2026-10-08 06:00:00.000000','2026-10-12 06:00:00.000000',1,1,1,NULL,3,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(4,'a1:v1:p3:reminder3',3,'reminder','planned','2026-10-12 06:00:00.000000','2026-10-14 06:00:00.000000',1,1,1,NULL,3,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(5,'a1:v1:p3:reminder1',3,'reminder','planned','2026-10-14 06:00:00.000000','2026-10-15 06:00:00.000000',1,1,1,NULL,3,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(6,'a4:v1:p3:reminder14',3,'reminder','planned','2026-09-17 06:00:00.000000','2026-09-24 06:00:00.000000',2,1,4,NULL,3,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(7,'a4:v1:p3:reminder7',3,'reminder','planned','2026-09-24 06:00:00.000000','2026-09-28 06:00:00.000000',2,1,4,NULL,3,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(8,'a4:v1:p3:reminder3',3,'reminder','planned','2026-09-28 06:00:00.000000','2026-09-30 06:00:00.000000',2,1,4,NULL,3,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(9,'a4:v1:p3:reminder1',3,'reminder','planned','2026-09-30 06:00:00.000000','2026-10-01 06:00:00.000000',2,1,4,NULL,3,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(10,'a7:v1:p3:reminder14',3,'reminder','planned','2026-12-18 06:00:00.000000','2026-12-25 06:00:00.000000',3,1,7,NULL,3,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(11,'a7:v1:p3:reminder7',3,'reminder','planned','2026-12-25 06:00:00.000000','2026-12-29 06:00:00.000000',3,1,7,NULL,3,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(12,'a7:v1:p3:reminder3',3,'reminder','planned','2026-12-29 06:00:00.000000','2026-12-30 06:00:00.000000',3,1,7,NULL,3,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(13,'a10:v1:p3:reminder14',3,'reminder','planned','2027-03-18 06:00:00.000000','2027-03-25 06:00:00.000000',4,1,10,NULL,3,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(14,'a10:v1:p3:reminder7',3,'reminder','planned','2027-03-25 06:00:00.000000','2027-03-29 06:00:00.000000',4,1,10,NULL,3,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(15,'a10:v1:p3:reminder3',3,'reminder','planned','2027-03-29 06:00:00.000000','2027-03-31 06:00:00.000000',4,1,10,NULL,3,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(16,'a10:v1:p3:reminder1',3,'reminder','planned','2027-03-31 06:00:00.000000','2027-04-01 06:00:00.000000',4,1,10,NULL,3,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(17,'a13:v1:p3:reminder14',3,'reminder','planned','2027-06-17 06:00:00.000000','2027-06-24 06:00:00.000000',5,1,13,NULL,3,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(18,'a13:v1:p3:reminder7',3,'reminder','planned','2027-06-24 06:00:00.000000','2027-06-28 06:00:00.000000',5,1,13,NULL,3,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(19,'a13:v1:p3:reminder3',3,'reminder','planned','2027-06-28 06:00:00.000000','2027-06-30 06:00:00.000000',5,1,13,NULL,3,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(20,'a13:v1:p3:reminder1',3,'reminder','planned','2027-06-30 06:00:00.000000','2027-07-01 06:00:00.000000',5,1,13,NULL,3,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(21,'a16:v1:p3:reminder14',3,'reminder','planned','2027-09-17 06:00:00.000000','2027-09-24 06:00:00.000000',6,1,16,NULL,3,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(22,'a16:v1:p3:reminder7',3,'reminder','planned','2027-09-24 06:00:00.000000','2027-09-28 06:00:00.000000',6,1,16,NULL,3,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(23,'a16:v1:p3:reminder3',3,'reminder','planned','2027-09-28 06:00:00.000000','2027-09-30 06:00:00.000000',6,1,16,NULL,3,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(24,'a16:v1:p3:reminder1',3,'reminder','planned','2027-09-30 06:00:00.000000','2027-10-01 06:00:00.000000',6,1,16,NULL,3,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(25,'a1:v1:p3:today0',3,'today','planned','2026-10-15 06:00:00.000000','2026-10-15 20:59:59.000000',1,1,1,NULL,3,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(26,'a4:v1:p3:today0',3,'today','planned','2026-10-01 06:00:00.000000','2026-10-01 20:59:59.000000',2,1,4,NULL,3,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(27,'a7:v1:p3:today0',3,'today','planned','2026-12-30 06:00:00.000000','2027-01-01 20:59:59.000000',3,1,7,NULL,3,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(28,'a10:v1:p3:today0',3,'today','planned','2027-04-01 06:00:00.000000','2027-04-01 20:59:59.000000',4,1,10,NULL,3,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(29,'a13:v1:p3:today0',3,'today','planned','2027-07-01 06:00:00.000000','2027-07-01 20:59:59.000000',5,1,13,NULL,3,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(30,'a16:v1:p3:today0',3,'today','planned','2027-10-01 06:00:00.000000','2027-10-01 20:59:59.000000',6,1,16,NULL,3,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(31,'doc1:p4:assigned:a2:v1',4,'assigned','sent','2026-09-07 09:00:00.000000','2027-10-01 20:59:59.000000',NULL,NULL,NULL,1,NULL,NULL,'{"assignments": [2, 5, 8, 11, 14, 17]}',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(32,'a2:v1:p4:reminder14',4,'reminder','planned','2026-10-01 06:00:00.000000','2026-10-08 06:00:00.000000',1,1,2,NULL,4,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(33,'a2:v1:p4:reminder7',4,'reminder','planned','2026-10-08 06:00:00.000000','2026-10-12 06:00:00.000000',1,1,2,NULL,4,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(34,'a2:v1:p4:reminder3',4,'reminder','planned','2026-10-12 06:00:00.000000','2026-10-14 06:00:00.000000',1,1,2,NULL,4,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(35,'a2:v1:p4:reminder1',4,'reminder','planned','2026-10-14 06:00:00.000000','2026-10-15 06:00:00.000000',1,1,2,NULL,4,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(36,'a5:v1:p4:reminder14',4,'reminder','planned','2026-09-17 06:00:00.000000','2026-09-24 06:00:00.000000',2,1,5,NULL,4,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(37,'a5:v1:p4:reminder7',4,'reminder','planned','2026-09-24 06:00:00.000000','2026-09-28 06:00:00.000000',2,1,5,NULL,4,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(38,'a5:v1:p4:reminder3',4,'reminder','planned','2026-09-28 06:00:00.000000','2026-09-30 06:00:00.000000',2,1,5,NULL,4,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(39,'a5:v1:p4:reminder1',4,'reminder','planned','2026-09-30 06:00:00.000000','2026-10-01 06:00:00.000000',2,1,5,NULL,4,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(40,'a8:v1:p4:reminder14',4,'reminder','planned','2026-12-18 06:00:00.000000','2026-12-25 06:00:00.000000',3,1,8,NULL,4,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(41,'a8:v1:p4:reminder7',4,'reminder','planned','2026-12-25 06:00:00.000000','2026-12-29 06:00:00.000000',3,1,8,NULL,4,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(42,'a8:v1:p4:reminder3',4,'reminder','planned','2026-12-29 06:00:00.000000','2026-12-30 06:00:00.000000',3,1,8,NULL,4,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(43,'a11:v1:p4:reminder14',4,'reminder','planned','2027-03-18 06:00:00.000000','2027-03-25 06:00:00.000000',4,1,11,NULL,4,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(44,'a11:v1:p4:reminder7',4,'reminder','planned','2027-03-25 06:00:00.000000','2027-03-29 06:00:00.000000',4,1,11,NULL,4,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(45,'a11:v1:p4:reminder3',4,'reminder','planned','2027-03-29 06:00:00.000000','2027-03-31 06:00:00.000000',4,1,11,NULL,4,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(46,'a11:v1:p4:reminder1',4,'reminder','planned','2027-03-31 06:00:00.000000','2027-04-01 06:00:00.000000',4,1,11,NULL,4,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(47,'a14:v1:p4:reminder14',4,'reminder','planned','2027-06-17 06:00:00.000000','2027-06-24 06:00:00.000000',5,1,14,NULL,4,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(48,'a14:v1:p4:reminder7',4,'reminder','planned','2027-06-24 06:00:00.000000','2027-06-28 06:00:00.000000',5,1,14,NULL,4,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(49,'a14:v1:p4:reminder3',4,'reminder','planned','2027-06-28 06:00:00.000000','2027-06-30 06:00:00.000000',5,1,14,NULL,4,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(50,'a14:v1:p4:reminder1',4,'reminder','planned','2027-06-30 06:00:00.000000','2027-07-01 06:00:00.000000',5,1,14,NULL,4,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(51,'a17:v1:p4:reminder14',4,'reminder','planned','2027-09-17 06:00:00.000000','2027-09-24 06:00:00.000000',6,1,17,NULL,4,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(52,'a17:v1:p4:reminder7',4,'reminder','planned','2027-09-24 06:00:00.000000','2027-09-28 06:00:00.000000',6,1,17,NULL,4,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(53,'a17:v1:p4:reminder3',4,'reminder','planned','2027-09-28 06:00:00.000000','2027-09-30 06:00:00.000000',6,1,17,NULL,4,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(54,'a17:v1:p4:reminder1',4,'reminder','planned','2027-09-30 06:00:00.000000','2027-10-01 06:00:00.000000',6,1,17,NULL,4,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(55,'a2:v1:p4:today0',4,'today','planned','2026-10-15 06:00:00.000000','2026-10-15 20:59:59.000000',1,1,2,NULL,4,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(56,'a5:v1:p4:today0',4,'today','planned','2026-10-01 06:00:00.000000','2026-10-01 20:59:59.000000',2,1,5,NULL,4,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(57,'a8:v1:p4:today0',4,'today','planned','2026-12-30 06:00:00.000000','2027-01-01 20:59:59.000000',3,1,8,NULL,4,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(58,'a11:v1:p4:today0',4,'today','planned','2027-04-01 06:00:00.000000','2027-04-01 20:59:59.000000',4,1,11,NULL,4,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(59,'a14:v1:p4:today0',4,'today','planned','2027-07-01 06:00:00.000000','2027-07-01 20:59:59.000000',5,1,14,NULL,4,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(60,'a17:v1:p4:today0',4,'today','planned','2027-10-01 06:00:00.000000','2027-10-01 20:59:59.000000',6,1,17,NULL,4,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(61,'doc1:p5:assigned:a3:v1',5,'assigned','sent','2026-09-07 09:00:00.000000','2027-10-01 20:59:59.000000',NULL,NULL,NULL,1,NULL,NULL,'{"assignments": [3, 6, 9, 12, 15, 18]}',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(62,'a3:v1:p5:reminder14',5,'reminder','planned','2026-10-01 06:00:00.000000','2026-10-08 06:00:00.000000',1,1,3,NULL,6,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(63,'a3:v1:p5:reminder7',5,'reminder','planned','2026-10-08 06:00:00.000000','2026-10-12 06:00:00.000000',1,1,3,NULL,6,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(64,'a3:v1:p5:reminder3',5,'reminder','planned','2026-10-12 06:00:00.000000','2026-10-14 06:00:00.000000',1,1,3,NULL,6,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(65,'a3:v1:p5:reminder1',5,'reminder','planned','2026-10-14 06:00:00.000000','2026-10-15 06:00:00.000000',1,1,3,NULL,6,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(66,'a6:v1:p5:reminder14',5,'reminder','planned','2026-09-17 06:00:00.000000','2026-09-24 06:00:00.000000',2,1,6,NULL,6,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(67,'a6:v1:p5:reminder7',5,'reminder','planned','2026-09-24 06:00:00.000000','2026-09-28 06:00:00.000000',2,1,6,NULL,6,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(68,'a6:v1:p5:reminder3',5,'reminder','planned','2026-09-28 06:00:00.000000','2026-09-30 06:00:00.000000',2,1,6,NULL,6,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(69,'a6:v1:p5:reminder1',5,'reminder','planned','2026-09-30 06:00:00.000000','2026-10-01 06:00:00.000000',2,1,6,NULL,6,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(70,'a9:v1:p5:reminder14',5,'reminder','planned','2026-12-18 06:00:00.000000','2026-12-25 06:00:00.000000',3,1,9,NULL,6,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(71,'a9:v1:p5:reminder7',5,'reminder','planned','2026-12-25 06:00:00.000000','2026-12-29 06:00:00.000000',3,1,9,NULL,6,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(72,'a9:v1:p5:reminder3',5,'reminder','planned','2026-12-29 06:00:00.000000','2026-12-30 06:00:00.000000',3,1,9,NULL,6,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(73,'a12:v1:p5:reminder14',5,'reminder','planned','2027-03-18 06:00:00.000000','2027-03-25 06:00:00.000000',4,1,12,NULL,6,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(74,'a12:v1:p5:reminder7',5,'reminder','planned','2027-03-25 06:00:00.000000','2027-03-29 06:00:00.000000',4,1,12,NULL,6,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(75,'a12:v1:p5:reminder3',5,'reminder','planned','2027-03-29 06:00:00.000000','2027-03-31 06:00:00.000000',4,1,12,NULL,6,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(76,'a12:v1:p5:reminder1',5,'reminder','planned','2027-03-31 06:00:00.000000','2027-04-01 06:00:00.000000',4,1,12,NULL,6,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(77,'a15:v1:p5:reminder14',5,'reminder','planned','2027-06-17 06:00:00.000000','2027-06-24 06:00:00.000000',5,1,15,NULL,6,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(78,'a15:v1:p5:reminder7',5,'reminder','planned','2027-06-24 06:00:00.000000','2027-06-28 06:00:00.000000',5,1,15,NULL,6,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(79,'a15:v1:p5:reminder3',5,'reminder','planned','2027-06-28 06:00:00.000000','2027-06-30 06:00:00.000000',5,1,15,NULL,6,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(80,'a15:v1:p5:reminder1',5,'reminder','planned','2027-06-30 06:00:00.000000','2027-07-01 06:00:00.000000',5,1,15,NULL,6,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(81,'a18:v1:p5:reminder14',5,'reminder','planned','2027-09-17 06:00:00.000000','2027-09-24 06:00:00.000000',6,1,18,NULL,6,14,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(82,'a18:v1:p5:reminder7',5,'reminder','planned','2027-09-24 06:00:00.000000','2027-09-28 06:00:00.000000',6,1,18,NULL,6,7,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(83,'a18:v1:p5:reminder3',5,'reminder','planned','2027-09-28 06:00:00.000000','2027-09-30 06:00:00.000000',6,1,18,NULL,6,3,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(84,'a18:v1:p5:reminder1',5,'reminder','planned','2027-09-30 06:00:00.000000','2027-10-01 06:00:00.000000',6,1,18,NULL,6,1,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(85,'a3:v1:p5:today0',5,'today','planned','2026-10-15 06:00:00.000000','2026-10-15 20:59:59.000000',1,1,3,NULL,6,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(86,'a6:v1:p5:today0',5,'today','planned','2026-10-01 06:00:00.000000','2026-10-01 20:59:59.000000',2,1,6,NULL,6,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(87,'a9:v1:p5:today0',5,'today','planned','2026-12-30 06:00:00.000000','2027-01-01 20:59:59.000000',3,1,9,NULL,6,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(88,'a12:v1:p5:today0',5,'today','planned','2027-04-01 06:00:00.000000','2027-04-01 20:59:59.000000',4,1,12,NULL,6,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(89,'a15:v1:p5:today0',5,'today','planned','2027-07-01 06:00:00.000000','2027-07-01 20:59:59.000000',5,1,15,NULL,6,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
INSERT INTO "notices" VALUES(90,'a18:v1:p5:today0',5,'today','planned','2027-10-01 06:00:00.000000','2027-10-01 20:59:59.000000',6,1,18,NULL,6,0,'null',0,0,NULL,NULL,NULL,NULL,NULL,'2026-09-07 09:00:00.000000');
CREATE TABLE occurrences (
	id INTEGER NOT NULL, 
	activity_id INTEGER NOT NULL, 
	"key" VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	due_on DATE NOT NULL, 
	has_time BOOLEAN NOT NULL, 
	timezone VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	needs_planning BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_occurrences PRIMARY KEY (id), 
	CONSTRAINT fk_occurrences_activity_id FOREIGN KEY(activity_id) REFERENCES activities (id), 
	CONSTRAINT uq_occurrences_activity_id_key UNIQUE (activity_id, "key")
);
INSERT INTO "occurrences" VALUES(1,1,'2026-10-15',1,'2026-10-15 20:59:59.000000','2026-10-15',0,'Europe/Moscow','open',0,'2026-09-07 09:00:00.000000');
INSERT INTO "occurrences" VALUES(2,2,'2026-10-01',1,'2026-10-01 20:59:59.000000','2026-10-01',0,'Europe/Moscow','open',0,'2026-09-07 09:00:00.000000');
INSERT INTO "occurrences" VALUES(3,2,'2027-01-01',1,'2027-01-01 20:59:59.000000','2027-01-01',0,'Europe/Moscow','open',0,'2026-09-07 09:00:00.000000');
INSERT INTO "occurrences" VALUES(4,2,'2027-04-01',1,'2027-04-01 20:59:59.000000','2027-04-01',0,'Europe/Moscow','open',0,'2026-09-07 09:00:00.000000');
INSERT INTO "occurrences" VALUES(5,2,'2027-07-01',1,'2027-07-01 20:59:59.000000','2027-07-01',0,'Europe/Moscow','open',0,'2026-09-07 09:00:00.000000');
INSERT INTO "occurrences" VALUES(6,2,'2027-10-01',1,'2027-10-01 20:59:59.000000','2027-10-01',0,'Europe/Moscow','open',0,'2026-09-07 09:00:00.000000');
CREATE TABLE persons (
	id INTEGER NOT NULL, 
	full_name VARCHAR(255) NOT NULL, 
	timezone VARCHAR(64), 
	quiet_from TIME NOT NULL, 
	quiet_to TIME NOT NULL, 
	reach VARCHAR(16) NOT NULL, 
	reach_changed_at DATETIME, 
	consent_version INTEGER, 
	consented_at DATETIME, 
	created_at DATETIME NOT NULL, 
	erased_at DATETIME, 
	CONSTRAINT pk_persons PRIMARY KEY (id)
);
INSERT INTO "persons" VALUES(1,'Орлова Вера Ильинична',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(2,'Белов Пётр Андреевич',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(3,'Зимина Анна Олеговна',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(4,'Лосев Иван Игоревич',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(5,'Грачёва Ольга Петровна',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(6,'Ким Елена Сергеевна',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(7,'Ушаков Олег Юрьевич',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(8,'Смирнова Дарья Павловна',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(9,'Котов Глеб Романович',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "persons" VALUES(10,'Цой Марина Викторовна',NULL,'21:00:00.000000','08:00:00.000000','reachable',NULL,1,'2026-09-07 09:00:00.000000','2026-09-07 09:00:00.000000',NULL);
CREATE TABLE replies (
	id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	answer VARCHAR(16), 
	text TEXT, 
	given_at DATETIME NOT NULL, 
	source VARCHAR(64), 
	CONSTRAINT pk_replies PRIMARY KEY (id), 
	CONSTRAINT fk_replies_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignments (id), 
	CONSTRAINT fk_replies_person_id FOREIGN KEY(person_id) REFERENCES persons (id), 
	CONSTRAINT uq_replies_source UNIQUE (source)
);
CREATE TABLE units (
	id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	parent_id INTEGER, 
	path VARCHAR(255) NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	region VARCHAR(100), 
	timezone VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	removed_at DATETIME, 
	CONSTRAINT pk_units PRIMARY KEY (id), 
	CONSTRAINT fk_units_parent_id FOREIGN KEY(parent_id) REFERENCES units (id), 
	CONSTRAINT uq_units_path UNIQUE (path)
);
INSERT INTO "units" VALUES(1,'region',NULL,'/1/','Владимирская область','Владимирская область','Europe/Moscow','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "units" VALUES(2,'municipality',1,'/1/2/','Суздальский район','Владимирская область','Europe/Moscow','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "units" VALUES(3,'school',2,'/1/2/3/','Школа № 1 г. Суздаля','Владимирская область','Europe/Moscow','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "units" VALUES(4,'school',2,'/1/2/4/','Школа № 2 г. Суздаля','Владимирская область','Europe/Moscow','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "units" VALUES(5,'municipality',1,'/1/5/','округ Муром','Владимирская область','Europe/Moscow','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "units" VALUES(6,'school',5,'/1/5/6/','Школа № 3 г. Мурома','Владимирская область','Europe/Moscow','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "units" VALUES(7,'region',NULL,'/7/','Амурская область','Амурская область','Asia/Yakutsk','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "units" VALUES(8,'municipality',7,'/7/8/','г. Тында','Амурская область','Asia/Yakutsk','2026-09-07 09:00:00.000000',NULL);
INSERT INTO "units" VALUES(9,'school',8,'/7/8/9/','Школа № 4 г. Тынды','Амурская область','Asia/Yakutsk','2026-09-07 09:00:00.000000',NULL);
CREATE INDEX ix_inbox_waiting ON inbox (update_id) WHERE state = 'waiting';
CREATE UNIQUE INDEX uq_units_parent_title ON units (parent_id, title);
CREATE UNIQUE INDEX uq_units_root_title ON units (title) WHERE parent_id IS NULL;
CREATE INDEX ix_accounts_person_id ON accounts (person_id);
CREATE INDEX ix_documents_file ON documents (file_hash);
CREATE INDEX ix_join_requests_person_id ON join_requests (person_id);
CREATE INDEX ix_memberships_person_id ON memberships (person_id);
CREATE INDEX ix_memberships_unit_role ON memberships (unit_id, role, standing);
CREATE INDEX ix_activities_document_id ON activities (document_id);
CREATE INDEX ix_occurrences_state_due ON occurrences (state, due_at);
CREATE INDEX ix_assignments_occurrence_unit ON assignments (occurrence_id, unit_id);
CREATE INDEX ix_assignments_person ON assignments (person_id);
CREATE INDEX ix_assignments_unit ON assignments (unit_id);
CREATE UNIQUE INDEX uq_assignments_person ON assignments (occurrence_id, person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX uq_assignments_school ON assignments (occurrence_id, unit_id) WHERE person_id IS NULL;
CREATE INDEX ix_notices_occurrence ON notices (occurrence_id, state);
CREATE INDEX ix_notices_person_message ON notices (person_id, message_id);
CREATE INDEX ix_notices_waiting ON notices (state, due_at, id) WHERE state IN ('planned', 'sending', 'in_doubt');
CREATE INDEX ix_replies_assignment_id ON replies (assignment_id);
COMMIT;