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
INSERT INTO "addition" VALUES('f3aa5f55a872452389e76c9d3860cfa2','5b19aaf8280c49428194ced4b34f37e9',X'02206120626F78',X'ED86F564D7089422050782DEE758A740E9B4A96BA2B8C60C6136B625B1545924');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE attempt (
	bucket BLOB NOT NULL, 
	day DATE NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (bucket)
)
 WITHOUT ROWID

;
INSERT INTO "attempt" VALUES(X'58D5247055C614912ACD2528D87A9754D1B35B6006A9AEC4ED84D67CC2BD3433','2026-12-18',1);
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
INSERT INTO "audit" VALUES(1,1,X'02206120626F78',X'0000000000000000000000000000000000000000000000000000000000000000',X'4AA60A5A37D1935714EDC17B2FD6DE89EA4F2A421123D815A7C17AD3D92F3F30',X'D5F4F4A4759A5F7B5ED11C17404233C974AE7D85C6FCFFDE077B644AC30B4E6C',1,X'AE6EB5DC697F7D08B141FA1E3FB26A9B832C49F77B0C9DFBE1C8DC8CE39FF52E');
CREATE TABLE blob (
	id CHAR(32) NOT NULL, 
	document_id CHAR(32) NOT NULL, 
	pieces BIGINT NOT NULL, 
	size_padded BIGINT NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "blob" VALUES('9f5c50449c9d46c8b8709bb526eaf0fc','fc59d9cc13b041e1a613749a382702a0',1,4096);
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
	version BIGINT NOT NULL, warn_at DATETIME, 
	CONSTRAINT pk_case PRIMARY KEY (id), 
	CONSTRAINT uq_case_ref UNIQUE (ref), 
	CONSTRAINT uq_case_number UNIQUE (number), 
	CONSTRAINT fk_case_holder FOREIGN KEY(holder) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "case" VALUES('5b19aaf8280c49428194ced4b34f37e9','3caad7eb36d61f47','received','u2','2026-11-18 09:00:00.000000','2026-11-18 09:00:00.000000',X'02206120626F78',NULL,'2026-11-18 09:00:00.000000',NULL,0,1,'2026-11-18 09:00:00.000000');
CREATE TABLE "case_keys" (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	ring VARCHAR, 
	member_id CHAR(32), 
	is_taken_back BOOLEAN NOT NULL, 
	CONSTRAINT pk_case_keys PRIMARY KEY (id), 
	CONSTRAINT fk_case_keys_member_id FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT uq_case_keys_case_id_member_id UNIQUE (case_id, member_id), 
	CONSTRAINT ck_case_keys_one_reader CHECK ((ring IS NULL) <> (member_id IS NULL)), 
	CONSTRAINT fk_case_keys_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_case_keys_case_id_ring UNIQUE (case_id, ring)
)
 WITHOUT ROWID

;
INSERT INTO "case_keys" VALUES('40c383eba529429a81e20c3c67d84894','5b19aaf8280c49428194ced4b34f37e9',1,X'02206120626F78',NULL,'251f0762e5e14e84948ed795194dac0d',0);
INSERT INTO "case_keys" VALUES('ed60d30dfb1c4118b07b69602f48b4b7','5b19aaf8280c49428194ced4b34f37e9',1,X'02206120626F78','case',NULL,0);
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
INSERT INTO "credential" VALUES('3e2666e7c17745cab216b822f78fbb72','251f0762e5e14e84948ed795194dac0d','mail',X'02206120626F78');
CREATE TABLE document (
	id CHAR(32) NOT NULL, 
	revision BIGINT NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	compartment VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	place INTEGER NOT NULL, generation BIGINT, 
	CONSTRAINT pk_document PRIMARY KEY (place), 
	CONSTRAINT uq_document_id_revision UNIQUE (id, revision), 
	CONSTRAINT fk_document_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);
INSERT INTO "document" VALUES('fc59d9cc13b041e1a613749a382702a0',1,'5b19aaf8280c49428194ced4b34f37e9','account','report',X'02206120626F78',5463214322046910292,NULL);
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
INSERT INTO "draft" VALUES('e0f37e06a7dc4647899b6ee3a17ba1d1',X'02206120626F78','2026-12-18',X'9AFED65203F0D4B89EA4E40E766E06149D188719712BE6325C6F1BCA0879C22A',X'02206120626F78',2);
CREATE TABLE erased (
	id CHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_erased PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "erased" VALUES('b0147e2c24aa49ef95fe707bde81962e','2026-12-18');
CREATE TABLE facets (
	case_id CHAR(32) NOT NULL, 
	version BIGINT NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_facets PRIMARY KEY (place), 
	CONSTRAINT uq_facets_case_id UNIQUE (case_id), 
	CONSTRAINT fk_facets_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);
INSERT INTO "facets" VALUES('5b19aaf8280c49428194ced4b34f37e9',1,1,X'02206120626F78',4446403399948613885);
CREATE TABLE "invitation" (
	id CHAR(32) NOT NULL, 
	role VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	look_up BLOB NOT NULL, 
	member_id CHAR(32), 
	handle VARCHAR NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (id), 
	CONSTRAINT uq_invitation_look_up UNIQUE (look_up), 
	CONSTRAINT fk_invitation_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "invitation" VALUES('9c307fff42934fd3be83f10b155a0049','handler',X'02206120626F78','2026-12-18',X'6A3ACE8383F3B0597B98C4CD3E4DB9BC41BAAE73FD3B958630A71036AEDA5471','251f0762e5e14e84948ed795194dac0d','fern');
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
INSERT INTO "link" VALUES('a17ca1afdf554aa8a31c75367c210bf2','5b19aaf8280c49428194ced4b34f37e9','5b19aaf8280c49428194ced4b34f37e9','similar',X'02206120626F78');
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
INSERT INTO "mailbox" VALUES('5b19aaf8280c49428194ced4b34f37e9',X'93A584A1407F0EFA6F8AB050C7343CC724796371ABB814E3C86FABA831BF5198','2026-12-18',X'02206120626F78');
CREATE TABLE member (
	id CHAR(32) NOT NULL, 
	handle VARCHAR NOT NULL, 
	roles VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	public_key BLOB NOT NULL, 
	kdf BLOB NOT NULL, 
	box BLOB NOT NULL, 
	revision BIGINT NOT NULL, since DATE, 
	CONSTRAINT pk_member PRIMARY KEY (id), 
	CONSTRAINT uq_member_handle UNIQUE (handle)
)
 WITHOUT ROWID

;
INSERT INTO "member" VALUES('251f0762e5e14e84948ed795194dac0d','coordinator','coordinator','active',X'12FF6E49F9AD60ACCBD5C08EEA2C83787036CEEDDF71B78C580860AAB22A5358',X'CCE3239149EA445642106A231F5DF368',X'02206120626F78',1,'2026-12-18');
CREATE TABLE notice (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_notice PRIMARY KEY (id), 
	CONSTRAINT fk_notice_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "notice" VALUES('de40a5c1669f4daa9592bfe5bcf77aff','251f0762e5e14e84948ed795194dac0d',X'02206120626F78','2026-12-18');
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
INSERT INTO "outbox" VALUES('f9f6cd0f13964fdfbaf6380e341c286d','urgent','2026-11-18 09:00:00.000000',X'02206120626F78','251f0762e5e14e84948ed795194dac0d',0);
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
INSERT INTO "proposal" VALUES('cce735f6151d43c38b0c037a8f3b2719','5b19aaf8280c49428194ced4b34f37e9','lower','251f0762e5e14e84948ed795194dac0d',X'02206120626F78','251f0762e5e14e84948ed795194dac0d');
CREATE TABLE "ring" (
	name VARCHAR NOT NULL, 
	generation BIGINT NOT NULL, 
	public_key BLOB NOT NULL, 
	roster_box BLOB NOT NULL, 
	recovery_box BLOB, 
	previous_box BLOB, 
	roster_revision BIGINT NOT NULL, 
	is_due BOOLEAN NOT NULL, 
	CONSTRAINT pk_ring PRIMARY KEY (name, generation)
)
 WITHOUT ROWID

;
INSERT INTO "ring" VALUES('case',1,X'0BD54A114FC239ADC381425A6E4A54EEB24B6F43624B6F392566902E1A6ACB1F',X'02206120626F78',X'02206120626F78',X'02206120626F78',1,0);
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
INSERT INTO "ring_member" VALUES('case',1,'251f0762e5e14e84948ed795194dac0d',X'02206120626F78');
CREATE TABLE session (
	id CHAR(32) NOT NULL, 
	token_hash BLOB NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	key_box BLOB NOT NULL, 
	day DATE NOT NULL, told_box BLOB, 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT uq_session_token_hash UNIQUE (token_hash), 
	CONSTRAINT fk_session_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "session" VALUES('2871eb6e0c9d46c39a9fb0562bde426b',X'C08F7D957373A9FEC65D2C01098FA81601C6A0BBF8A09F609D04979BD4DEA870','251f0762e5e14e84948ed795194dac0d',X'02206120626F78','2026-12-18',X'02206120626F78');
CREATE TABLE setting (
	name VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
)
 WITHOUT ROWID

;
INSERT INTO "setting" VALUES('rota',X'02206120626F78',1);
CREATE TABLE team_document (
	id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	member_id CHAR(32), 
	generation BIGINT, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_team_document PRIMARY KEY (id), 
	CONSTRAINT ck_team_document_one_readership CHECK ((generation IS NULL) <> (member_id IS NULL)), 
	CONSTRAINT fk_team_document_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "team_document" VALUES('786c8e3fd8604aeab3d955eae90014d8','tag',X'02206120626F78',NULL,1,1);
INSERT INTO "team_document" VALUES('fee6a2d080cc4345a096f4688ca3b1b2','view',X'02206120626F78','251f0762e5e14e84948ed795194dac0d',NULL,1);
CREATE INDEX ix_credential_member_id ON credential (member_id);
CREATE INDEX ix_session_member_id ON session (member_id);
CREATE INDEX ix_case_queue ON "case" (stage, automated, level, answer_by, holder, version);
CREATE INDEX ix_case_hour ON "case" (hour);
CREATE INDEX ix_case_holder ON "case" (holder);
CREATE INDEX ix_proposal_case_id ON proposal (case_id);
CREATE INDEX ix_link_case_id ON link (case_id);
CREATE INDEX ix_link_other_id ON link (other_id);
CREATE INDEX ix_document_case ON document (case_id, compartment, revision);
CREATE INDEX ix_addition_case_id ON addition (case_id);
CREATE INDEX ix_audit_pseudonym ON audit (pseudonym);
CREATE INDEX ix_case_keys_generation ON case_keys (ring, generation);
CREATE INDEX ix_case_keys_taken_back ON case_keys (is_taken_back) WHERE is_taken_back = 1;
CREATE INDEX ix_case_keys_member_id ON case_keys (member_id);
CREATE INDEX ix_document_generation ON document (generation) WHERE generation IS NOT NULL;
CREATE INDEX ix_notice_member_id ON notice (member_id);
CREATE INDEX ix_case_warn_at ON "case" (warn_at) WHERE warn_at IS NOT NULL;
CREATE INDEX ix_facets_generation ON facets (generation);
CREATE INDEX ix_team_document_member_id ON team_document (member_id);
CREATE INDEX ix_team_document_generation ON team_document (generation);
COMMIT;
