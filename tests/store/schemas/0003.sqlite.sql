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
INSERT INTO "addition" VALUES('c6ad97d24a704b579f16462b8abf38fa','c69a5e5d262d40a9a0743bc635557b82',X'02206120626F78',X'1A521C03E192BC8CF4B053D907B67DF435F988C4630068EA5E826A8A4506FE0E');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE attempt (
	bucket BLOB NOT NULL, 
	day DATE NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (bucket)
)
 WITHOUT ROWID

;
INSERT INTO "attempt" VALUES(X'8EDEAA8A5CD310509C5AF28C62195E36CABA0780796A7F2C8A1F666BD3CBE166','2026-12-18',1);
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
INSERT INTO "audit" VALUES(1,1,X'02206120626F78',X'0000000000000000000000000000000000000000000000000000000000000000',X'8B92672A2C4EC3B6A636D51DF652B199FDF15E6ECFEA5AE8CF471A9A8D504E44',X'00200CF9C724EA283D6F0BC4E5770177C3A019B160F479BF3C07E7DA7C6DD25A',1,X'AD896DE27E41C54A33C5EFA884BFC0EAECE73327A494D16168360D9A5EC3DEA5');
CREATE TABLE blob (
	id CHAR(32) NOT NULL, 
	document_id CHAR(32) NOT NULL, 
	pieces BIGINT NOT NULL, 
	size_padded BIGINT NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "blob" VALUES('7ec8e8fc313744d7aaa139a913f6767d','2acb24d61ede4a67a6d5402eba731c0e',1,4096);
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
INSERT INTO "case" VALUES('c69a5e5d262d40a9a0743bc635557b82','d0b9206fe14381ae','received','u2','2026-11-18 09:00:00.000000','2026-11-18 09:00:00.000000',X'02206120626F78',NULL,'2026-11-18 09:00:00.000000',NULL,0,1);
CREATE TABLE "case_keys" (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	ring VARCHAR, 
	member_id CHAR(32), 
	is_taken_back BOOLEAN NOT NULL, 
	CONSTRAINT pk_case_keys PRIMARY KEY (id), 
	CONSTRAINT uq_case_keys_case_id_member_id UNIQUE (case_id, member_id), 
	CONSTRAINT fk_case_keys_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_case_keys_case_id_ring UNIQUE (case_id, ring), 
	CONSTRAINT ck_case_keys_one_reader CHECK ((ring IS NULL) <> (member_id IS NULL)), 
	CONSTRAINT fk_case_keys_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "case_keys" VALUES('0e19d1a571bc4bffa4cd61d835f80066','c69a5e5d262d40a9a0743bc635557b82',1,X'02206120626F78','case',NULL,0);
INSERT INTO "case_keys" VALUES('990d0ffd5b77487b87325d6f65779fb5','c69a5e5d262d40a9a0743bc635557b82',1,X'02206120626F78',NULL,'9652f702fd784c689da5d23bf7a18bbd',0);
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
INSERT INTO "credential" VALUES('f03bf5a7c7fa4bb69ca75827c7914479','9652f702fd784c689da5d23bf7a18bbd','mail',X'02206120626F78');
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
INSERT INTO "document" VALUES('2acb24d61ede4a67a6d5402eba731c0e',1,'c69a5e5d262d40a9a0743bc635557b82','account','report',X'02206120626F78',3174765398626934244,NULL);
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
INSERT INTO "draft" VALUES('66a02228afee43cbacf4117617b4ccb2',X'02206120626F78','2026-12-18',X'8F7A64F455D66D2F749738B8414C844AA7051A7C86880A5BFEBE8A89D483C592',X'02206120626F78',2);
CREATE TABLE erased (
	id CHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_erased PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "erased" VALUES('e0d7f07454e84ba5a8dd79769688b395','2026-12-18');
CREATE TABLE "invitation" (
	id CHAR(32) NOT NULL, 
	role VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	look_up BLOB NOT NULL, 
	member_id CHAR(32), 
	CONSTRAINT pk_invitation PRIMARY KEY (id), 
	CONSTRAINT uq_invitation_look_up UNIQUE (look_up), 
	CONSTRAINT fk_invitation_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "invitation" VALUES('0b276a37b121461693670f087dc7fd5d','handler',X'02206120626F78','2026-12-18',X'7ADD402E9ADF2BBEF82CE7831A0EEA5A0B09B0098D49B4416FD861DC6F58BC9C','9652f702fd784c689da5d23bf7a18bbd');
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
INSERT INTO "link" VALUES('e250fcb7675d4b23a74fa458f48503c8','c69a5e5d262d40a9a0743bc635557b82','c69a5e5d262d40a9a0743bc635557b82','similar',X'02206120626F78');
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
INSERT INTO "mailbox" VALUES('c69a5e5d262d40a9a0743bc635557b82',X'C6BBAAF5955D1D9A24BBDBC816366A0B578983A2B9560A749D24F747E361B90B','2026-12-18',X'02206120626F78');
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
INSERT INTO "member" VALUES('9652f702fd784c689da5d23bf7a18bbd','coordinator','coordinator','active',X'5B20777F5942D39005C5E20B9C565D5F4A3F79D2A84089CEFCC66A70977DA9FD',X'0187EDA27F5D102959F552A13338C1B1',X'02206120626F78',1);
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
INSERT INTO "notice" VALUES('2fa35a422c944128ad14aea5d52d8268','9652f702fd784c689da5d23bf7a18bbd',X'02206120626F78','2026-12-18');
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
INSERT INTO "outbox" VALUES('35a868285c1c46298613efab52156b74','urgent','2026-11-18 09:00:00.000000',X'02206120626F78','9652f702fd784c689da5d23bf7a18bbd',0);
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
INSERT INTO "proposal" VALUES('6b9d7cce182e442182125469d621ff2a','c69a5e5d262d40a9a0743bc635557b82','lower','9652f702fd784c689da5d23bf7a18bbd',X'02206120626F78','9652f702fd784c689da5d23bf7a18bbd');
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
INSERT INTO "ring" VALUES('case',1,X'98180FF83E35AC9FD139DD433BCB922EC794762AC62DCCAC19E5101E5F129957',X'02206120626F78',X'02206120626F78',X'02206120626F78',1,0);
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
INSERT INTO "ring_member" VALUES('case',1,'9652f702fd784c689da5d23bf7a18bbd',X'02206120626F78');
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
INSERT INTO "session" VALUES('99ad84f06d054bdab82664458d2a87d7',X'2EA4446DEBB9435244052A3696EFC3C362926819B0B98A9DC4863509C5EDD04A','9652f702fd784c689da5d23bf7a18bbd',X'02206120626F78','2026-12-18',X'02206120626F78');
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
CREATE INDEX ix_case_keys_generation ON case_keys (ring, generation);
CREATE INDEX ix_case_keys_member_id ON case_keys (member_id);
CREATE INDEX ix_document_generation ON document (generation) WHERE generation IS NOT NULL;
CREATE INDEX ix_notice_member_id ON notice (member_id);
COMMIT;
