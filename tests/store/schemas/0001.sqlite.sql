BEGIN TRANSACTION;
CREATE TABLE addition (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	mac BLOB NOT NULL, 
	CONSTRAINT pk_addition PRIMARY KEY (id), 
	CONSTRAINT fk_addition_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 WITHOUT ROWID

;
INSERT INTO "addition" VALUES('e0cdc2d0d7b74aa6a4f849a53715f9f2','72fcd3a741a74efabbd0c4a7443ed159',X'02206120626F78',X'2706DBDDD0ED0D1F8F4A950E6383F2CA75715EC52414FD9E90516E07351A5C51');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attempt (
	bucket BLOB NOT NULL, 
	day DATE NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (bucket)
)
 WITHOUT ROWID

;
INSERT INTO "attempt" VALUES(X'FC34A2A898DD0050823BF114D2D2C449EEA12CE138A7912AC1CC901A8C4D9DF7','2026-12-18',1);
CREATE TABLE audit (
	seq BIGINT NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	previous BLOB NOT NULL, 
	mac BLOB NOT NULL, 
	pseudonym BLOB, 
	revision BIGINT, 
	digest BLOB, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
)
 WITHOUT ROWID

;
INSERT INTO "audit" VALUES(1,1,X'02206120626F78',X'0000000000000000000000000000000000000000000000000000000000000000',X'606A69AAF80AFB232BADDFAA5EC9050CBC7FD74A79A596B01C01FB994E42F3A1',X'A6F354C9C02685334B76B86BAC04EF77F31F1BF59A8C67E5D42693EFA39C4C13',1,X'789C53ED76486F7AD496CD8FA6ACCC7B00AE42C06D25DD84B55C386AE6A548ED');
CREATE TABLE blob (
	id CHAR(32) NOT NULL, 
	document_id CHAR(32) NOT NULL, 
	pieces BIGINT NOT NULL, 
	size_padded BIGINT NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "blob" VALUES('b38d0da9d92b4bbf81e4089c769076ba','fbf17d18c1c54faa87c298064d95fd5a',1,4096);
CREATE TABLE "case" (
	id CHAR(32) NOT NULL, 
	ref VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	hour DATETIME NOT NULL, 
	answer_by DATETIME NOT NULL, 
	state_box BLOB NOT NULL, 
	number VARCHAR, 
	may_rise_at DATETIME, 
	holder CHAR(32), 
	automated BOOLEAN NOT NULL, 
	version BIGINT NOT NULL, 
	CONSTRAINT pk_case PRIMARY KEY (id), 
	CONSTRAINT uq_case_ref UNIQUE (ref), 
	CONSTRAINT uq_case_number UNIQUE (number), 
	CONSTRAINT fk_case_holder FOREIGN KEY(holder) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "case" VALUES('72fcd3a741a74efabbd0c4a7443ed159','2eb4b0911db13fda','received','u2','2026-11-18 09:00:00.000000','2026-11-18 09:00:00.000000',X'02206120626F78',NULL,'2026-11-18 09:00:00.000000',NULL,0,1);
CREATE TABLE case_keys (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	ring VARCHAR, 
	member_id CHAR(32), 
	CONSTRAINT pk_case_keys PRIMARY KEY (id), 
	CONSTRAINT uq_case_keys_case_id_ring UNIQUE (case_id, ring), 
	CONSTRAINT uq_case_keys_case_id_member_id UNIQUE (case_id, member_id), 
	CONSTRAINT ck_case_keys_one_reader CHECK ((ring IS NULL) <> (member_id IS NULL)), 
	CONSTRAINT fk_case_keys_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_case_keys_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "case_keys" VALUES('07635fcee4764cb59272f8cd84edcba6','72fcd3a741a74efabbd0c4a7443ed159',1,X'02206120626F78',NULL,'57fe018e5fb441e78baf8b88e1540457');
INSERT INTO "case_keys" VALUES('37c62a44d4164406b893eeb6a8c99ea5','72fcd3a741a74efabbd0c4a7443ed159',1,X'02206120626F78','case',NULL);
CREATE TABLE credential (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	CONSTRAINT pk_credential PRIMARY KEY (id), 
	CONSTRAINT fk_credential_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "credential" VALUES('c4ce1ceb209f44cb9ada3bf690475ec4','57fe018e5fb441e78baf8b88e1540457','mail',X'02206120626F78');
CREATE TABLE document (
	id CHAR(32) NOT NULL, 
	revision BIGINT NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	compartment VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_document PRIMARY KEY (place), 
	CONSTRAINT uq_document_id_revision UNIQUE (id, revision), 
	CONSTRAINT fk_document_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);
INSERT INTO "document" VALUES('fbf17d18c1c54faa87c298064d95fd5a',1,'72fcd3a741a74efabbd0c4a7443ed159','account','report',X'02206120626F78',785539482621303770);
CREATE TABLE draft (
	id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	look_up BLOB, 
	CONSTRAINT pk_draft PRIMARY KEY (id), 
	CONSTRAINT uq_draft_look_up UNIQUE (look_up)
)
 WITHOUT ROWID

;
INSERT INTO "draft" VALUES('28048059ff3d49c892f849cc1e8798c3',X'02206120626F78','2026-12-18',X'B4B333DD28866D47427179D4A1EEC206A417AF882D51EBDB11DA16D10E6E08DA');
CREATE TABLE erased (
	id CHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_erased PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "erased" VALUES('f166f8d4a93e48a48b52787a3e0ad307','2026-12-18');
CREATE TABLE invitation (
	id CHAR(32) NOT NULL, 
	role VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "invitation" VALUES('ac6d739246814aa3b19a0bb924ec437b','handler',X'02206120626F78','2026-12-18');
CREATE TABLE link (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	other_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (id), 
	CONSTRAINT fk_link_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_link_other_id FOREIGN KEY(other_id) REFERENCES "case" (id)
)
 WITHOUT ROWID

;
INSERT INTO "link" VALUES('01405c8508a743ae8ee98f2afea55d8f','72fcd3a741a74efabbd0c4a7443ed159','72fcd3a741a74efabbd0c4a7443ed159','similar',X'02206120626F78');
CREATE TABLE mailbox (
	case_id CHAR(32) NOT NULL, 
	look_up BLOB NOT NULL, 
	day DATE NOT NULL, 
	key_box BLOB, 
	CONSTRAINT pk_mailbox PRIMARY KEY (case_id), 
	CONSTRAINT fk_mailbox_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_mailbox_look_up UNIQUE (look_up)
)
 WITHOUT ROWID

;
INSERT INTO "mailbox" VALUES('72fcd3a741a74efabbd0c4a7443ed159',X'C23D5FBD3D9E69476CDE42A05BED1F0FCC8B3F3E79D89C00C156D93E85464E07','2026-12-18',X'02206120626F78');
CREATE TABLE member (
	id CHAR(32) NOT NULL, 
	handle VARCHAR NOT NULL, 
	roles VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	public_key BLOB NOT NULL, 
	kdf BLOB NOT NULL, 
	box BLOB NOT NULL, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_member PRIMARY KEY (id), 
	CONSTRAINT uq_member_handle UNIQUE (handle)
)
 WITHOUT ROWID

;
INSERT INTO "member" VALUES('57fe018e5fb441e78baf8b88e1540457','coordinator','coordinator','active',X'AAF8F3F69501676E610CE4B19B2244BF3F25ECD026BC46888EFF43D25AB00C09',X'D6B5CDC2358CF7C4CAC7C4B28F13C80C',X'02206120626F78',1);
CREATE TABLE outbox (
	id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	due DATETIME NOT NULL, 
	box BLOB NOT NULL, 
	member_id CHAR(32), 
	tries BIGINT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "outbox" VALUES('9aae36cfb2f44fb9b4d2660dc3a748ec','urgent','2026-11-18 09:00:00.000000',X'02206120626F78','57fe018e5fb441e78baf8b88e1540457',0);
CREATE TABLE proposal (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	action VARCHAR NOT NULL, 
	"by" CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	decided_by CHAR(32), 
	CONSTRAINT pk_proposal PRIMARY KEY (id), 
	CONSTRAINT fk_proposal_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_proposal_by FOREIGN KEY("by") REFERENCES member (id), 
	CONSTRAINT fk_proposal_decided_by FOREIGN KEY(decided_by) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "proposal" VALUES('abc53aa7496c4094bd61a9cf1d906188','72fcd3a741a74efabbd0c4a7443ed159','lower','57fe018e5fb441e78baf8b88e1540457',X'02206120626F78','57fe018e5fb441e78baf8b88e1540457');
CREATE TABLE ring (
	name VARCHAR NOT NULL, 
	generation BIGINT NOT NULL, 
	public_key BLOB NOT NULL, 
	roster_box BLOB NOT NULL, 
	recovery_box BLOB, 
	previous_box BLOB, 
	CONSTRAINT pk_ring PRIMARY KEY (name, generation)
)
 WITHOUT ROWID

;
INSERT INTO "ring" VALUES('case',1,X'75738732A823592F5F47AB459B3003BA7B77138AD4CC44E306713C4F220E89CE',X'02206120626F78',X'02206120626F78',X'02206120626F78');
CREATE TABLE ring_member (
	ring VARCHAR NOT NULL, 
	generation BIGINT NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	CONSTRAINT pk_ring_member PRIMARY KEY (ring, generation, member_id), 
	CONSTRAINT fk_ring_member_ring_generation FOREIGN KEY(ring, generation) REFERENCES ring (name, generation), 
	CONSTRAINT fk_ring_member_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "ring_member" VALUES('case',1,'57fe018e5fb441e78baf8b88e1540457',X'02206120626F78');
CREATE TABLE session (
	id CHAR(32) NOT NULL, 
	token_hash BLOB NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	key_box BLOB NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT uq_session_token_hash UNIQUE (token_hash), 
	CONSTRAINT fk_session_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "session" VALUES('507ee80cb9544df6b10aa9db6861c229',X'7C73540B3C17F01992C1FEF24011DB55AF0F05748337C9F21DD1941DF2DB148C','57fe018e5fb441e78baf8b88e1540457',X'02206120626F78','2026-12-18');
CREATE TABLE setting (
	name VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
)
 WITHOUT ROWID

;
INSERT INTO "setting" VALUES('rota',X'02206120626F78',1);
CREATE INDEX ix_credential_member_id ON credential (member_id);
CREATE INDEX ix_session_member_id ON session (member_id);
CREATE INDEX ix_case_queue ON "case" (stage, automated, level, answer_by, holder);
CREATE INDEX ix_case_hour ON "case" (hour);
CREATE INDEX ix_case_holder ON "case" (holder);
CREATE INDEX ix_proposal_case_id ON proposal (case_id);
CREATE INDEX ix_link_case_id ON link (case_id);
CREATE INDEX ix_link_other_id ON link (other_id);
CREATE INDEX ix_document_case ON document (case_id, compartment, revision);
CREATE INDEX ix_addition_case_id ON addition (case_id);
CREATE INDEX ix_audit_pseudonym ON audit (pseudonym);
COMMIT;
