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
INSERT INTO "addition" VALUES('84edf4e56a664c9da45578304f9ee746','b5d6ddc7f2234cce814692d6d5b268bc',X'02206120626F78',X'0201D84CD9EA2D4D808BF7272562F266D8D692B20976E003967558F631D730C0');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE attempt (
	bucket BLOB NOT NULL, 
	day DATE NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (bucket)
)
 WITHOUT ROWID

;
INSERT INTO "attempt" VALUES(X'9DBEFC680DE05F9B9D1A73E7D552C79C641A975CDD70F69BDC30F314455ACCE3','2026-12-18',1);
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
INSERT INTO "audit" VALUES(1,1,X'02206120626F78',X'0000000000000000000000000000000000000000000000000000000000000000',X'4455772DF4D3D36653EF2227F64333DAA87C1806208DF415F8C6DA896CA78286',X'CE05129C92F118CD0ED7B7C334D9BD9EE90613BFCC0B1DFE1E726ED610B04B29',1,X'47A153A7DC369D833DB383F38AEB3B557C0C96376FAC9B9B11B596934238BD10');
CREATE TABLE blob (
	id CHAR(32) NOT NULL, 
	document_id CHAR(32) NOT NULL, 
	pieces BIGINT NOT NULL, 
	size_padded BIGINT NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "blob" VALUES('1a06edd5de4741b0bfdfb1bdf21a8c8b','33ad7fe571fb42e29c3406644977fcab',1,4096);
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
INSERT INTO "case" VALUES('b5d6ddc7f2234cce814692d6d5b268bc','e157190d8e74d9e6','received','u2','2026-11-18 09:00:00.000000','2026-11-18 09:00:00.000000',X'02206120626F78',NULL,'2026-11-18 09:00:00.000000',NULL,0,1);
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
INSERT INTO "case_keys" VALUES('1a87554b931347cc8725a453caa57044','b5d6ddc7f2234cce814692d6d5b268bc',1,X'02206120626F78','case',NULL);
INSERT INTO "case_keys" VALUES('3c1f720fefc548fd9d118b05cc182777','b5d6ddc7f2234cce814692d6d5b268bc',1,X'02206120626F78',NULL,'daec84697a5b45f8bb61e28e728032be');
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
INSERT INTO "credential" VALUES('80f8c9e791884d7b8579631258c8208a','daec84697a5b45f8bb61e28e728032be','mail',X'02206120626F78');
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
INSERT INTO "document" VALUES('33ad7fe571fb42e29c3406644977fcab',1,'b5d6ddc7f2234cce814692d6d5b268bc','account','report',X'02206120626F78',6289118772499046768);
CREATE TABLE "draft" (
	id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	look_up BLOB, 
	key_box BLOB, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (id), 
	CONSTRAINT uq_draft_look_up UNIQUE (look_up)
)
 WITHOUT ROWID

;
INSERT INTO "draft" VALUES('8b473fa3706f4df1b579a8e73393d72b',X'02206120626F78','2026-12-18',X'90C4F36D550B705C27E3686E3120162E2D55CDC436E4AA99F8FFDEE7A96DAA69',X'02206120626F78',2);
CREATE TABLE erased (
	id CHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_erased PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "erased" VALUES('395dbb600fc24973b79e89f04a2291f2','2026-12-18');
CREATE TABLE invitation (
	id CHAR(32) NOT NULL, 
	role VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "invitation" VALUES('0c9ccdebd4834ce69caef5f011f5cc2a','handler',X'02206120626F78','2026-12-18');
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
INSERT INTO "link" VALUES('84eaafd1dc3a4dbfa7624b5fe7a904a5','b5d6ddc7f2234cce814692d6d5b268bc','b5d6ddc7f2234cce814692d6d5b268bc','similar',X'02206120626F78');
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
INSERT INTO "mailbox" VALUES('b5d6ddc7f2234cce814692d6d5b268bc',X'16968A41CBDB0CBB91BF4687A1AEA4AB1FABF94AC917CEAB3BBF37F825D51B50','2026-12-18',X'02206120626F78');
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
INSERT INTO "member" VALUES('daec84697a5b45f8bb61e28e728032be','coordinator','coordinator','active',X'694C0341BE77E5ADC0812D31666BE00EE6E21DCE12E127F8E93B09198CE68AE8',X'8F6B1AC7AD87F7072571D8F2614DDBAF',X'02206120626F78',1);
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
INSERT INTO "outbox" VALUES('0f267f5e853f4f2a8fad82ae3284b818','urgent','2026-11-18 09:00:00.000000',X'02206120626F78','daec84697a5b45f8bb61e28e728032be',0);
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
INSERT INTO "proposal" VALUES('6c20a25ea8f2439fb14bd8bfbd17b7f7','b5d6ddc7f2234cce814692d6d5b268bc','lower','daec84697a5b45f8bb61e28e728032be',X'02206120626F78','daec84697a5b45f8bb61e28e728032be');
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
INSERT INTO "ring" VALUES('case',1,X'3192600D2503F19DB2FD801B37751E673A6D910123961F032B2B0947196E4C50',X'02206120626F78',X'02206120626F78',X'02206120626F78');
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
INSERT INTO "ring_member" VALUES('case',1,'daec84697a5b45f8bb61e28e728032be',X'02206120626F78');
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
INSERT INTO "session" VALUES('9949fc33aacd45bb83bc98e01310f4f2',X'F0333B37ABA466BC96645CD12CBE26C2463D456BDCADA5A0593917D35488AB42','daec84697a5b45f8bb61e28e728032be',X'02206120626F78','2026-12-18');
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
