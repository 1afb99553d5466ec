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
INSERT INTO "addition" VALUES('22f5ecee1a6a4609a148bd5f455f8a7e','12e15590e900413d9a575230067e4dd0',X'02206120626F78',X'EE70EC2C8A0841D0AFC8D74EF970836AA025AE60317B3920F0017DE8D551B338');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE attempt (
	bucket BLOB NOT NULL, 
	day DATE NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (bucket)
)
 WITHOUT ROWID

;
INSERT INTO "attempt" VALUES(X'ADB496DCDAFBF187D6CA9A85BF86B6918BE79CD9952E53337FFC58E855B496B7','2026-12-18',1);
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
INSERT INTO "audit" VALUES(1,1,X'02206120626F78',X'0000000000000000000000000000000000000000000000000000000000000000',X'126DCB6BA37D68AC299EEEB4807F25E749361FA73275A3B9056D43543BE463FB',X'B537FD645A5F5A33DDCECC5D9CBBF90E4278F6F404F496346A7601261C8025DD',1,X'A4E7ED9E1429F5CEDB2CD9F47B1346B1644581776339069B1EE8848F3425C272');
CREATE TABLE blob (
	id CHAR(32) NOT NULL, 
	owner CHAR(32) NOT NULL, 
	pieces BIGINT NOT NULL, 
	size_padded BIGINT NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "blob" VALUES('b360629d7c6542a1acb5425e2c35b258','be44dad0f0184a2b88e6739f430ca275',1,4096);
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
INSERT INTO "case" VALUES('12e15590e900413d9a575230067e4dd0','b2ec33b3539982ca','received','u2','2026-11-18 09:00:00.000000','2026-11-18 09:00:00.000000',X'02206120626F78',NULL,'2026-11-18 09:00:00.000000',NULL,0,1,'2026-11-18 09:00:00.000000');
CREATE TABLE "case_keys" (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	ring VARCHAR, 
	member_id CHAR(32), 
	is_taken_back BOOLEAN NOT NULL, 
	CONSTRAINT pk_case_keys PRIMARY KEY (id), 
	CONSTRAINT ck_case_keys_one_reader CHECK ((ring IS NULL) <> (member_id IS NULL)), 
	CONSTRAINT uq_case_keys_case_id_member_id UNIQUE (case_id, member_id), 
	CONSTRAINT fk_case_keys_member_id FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT fk_case_keys_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_case_keys_case_id_ring UNIQUE (case_id, ring)
)
 WITHOUT ROWID

;
INSERT INTO "case_keys" VALUES('9ee26667836b4814b91f6994d1a0e336','12e15590e900413d9a575230067e4dd0',1,X'02206120626F78','case',NULL,0);
INSERT INTO "case_keys" VALUES('ccadbbfe19b94a48a8074e326b4afd58','12e15590e900413d9a575230067e4dd0',1,X'02206120626F78',NULL,'57a44c5e41794f59abec8b85e8fa8f1d',0);
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
INSERT INTO "credential" VALUES('131ef8c7288d445dab42686e826845cc','57a44c5e41794f59abec8b85e8fa8f1d','mail',X'02206120626F78');
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
INSERT INTO "document" VALUES('be44dad0f0184a2b88e6739f430ca275',1,'12e15590e900413d9a575230067e4dd0','account','report',X'02206120626F78',7376137392964900145,NULL);
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
INSERT INTO "draft" VALUES('b4ed967a9ca648dd9f5b937aadc4c026',X'02206120626F78','2026-12-18',X'FE5934ECC9F2BBB2F43408EB31A9153A8F09F0C076209DDC21740B6704889E06',X'02206120626F78',2);
CREATE TABLE erased (
	id CHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_erased PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "erased" VALUES('d941dcd50c7e43b0add56d4f452b206f','2026-12-18');
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
INSERT INTO "facets" VALUES('12e15590e900413d9a575230067e4dd0',1,1,X'02206120626F78',6210091527841245313);
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
INSERT INTO "invitation" VALUES('6b90879788474200abc1efbe6df0eb17','handler',X'02206120626F78','2026-12-18',X'CF4E707C4493587838844571B1563F0E77044380809C69A2EB9AF239D3EFD628','57a44c5e41794f59abec8b85e8fa8f1d','fern');
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
INSERT INTO "link" VALUES('c47d70684e424a81b299f7a15a96e47a','12e15590e900413d9a575230067e4dd0','12e15590e900413d9a575230067e4dd0','similar',X'02206120626F78');
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
INSERT INTO "mailbox" VALUES('12e15590e900413d9a575230067e4dd0',X'82EEDAB75A3451DDA7390F88AF5982C736AEDA890F538BFE7ED36F8CCB6302AD','2026-12-18',X'02206120626F78');
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
INSERT INTO "member" VALUES('57a44c5e41794f59abec8b85e8fa8f1d','coordinator','coordinator','active',X'D312FE80EFB76599A6E41BBF24D417F9D4F9ADED1C74D65510DBB38EAD5EDEE3',X'6B3571F7AA4B30AF120B94FB0B9AC196',X'02206120626F78',1,'2026-12-18');
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
INSERT INTO "notice" VALUES('aa0f8e9980004b5a8b523c9ea30c6005','57a44c5e41794f59abec8b85e8fa8f1d',X'02206120626F78','2026-12-18');
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
INSERT INTO "outbox" VALUES('1938913cf34741a08a3dc0e277ecaedd','urgent','2026-11-18 09:00:00.000000',X'02206120626F78','57a44c5e41794f59abec8b85e8fa8f1d',0);
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
INSERT INTO "proposal" VALUES('09251fd7be9944ee8342c4c4ee7665ba','12e15590e900413d9a575230067e4dd0','lower','57a44c5e41794f59abec8b85e8fa8f1d',X'02206120626F78','57a44c5e41794f59abec8b85e8fa8f1d');
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
INSERT INTO "ring" VALUES('case',1,X'8D2DE4FA697EC9110EEDB59A77DE5B2CBCB80956C7F97ABB00A306959B2BA096',X'02206120626F78',X'02206120626F78',X'02206120626F78',1,0);
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
INSERT INTO "ring_member" VALUES('case',1,'57a44c5e41794f59abec8b85e8fa8f1d',X'02206120626F78');
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
INSERT INTO "session" VALUES('a0170fe771df47b7aa12ad989f7d2a7d',X'161BB33FDD532EC84C5891DDA76CCC2C4F74FCC4C02310742155FBEDB857E994','57a44c5e41794f59abec8b85e8fa8f1d',X'02206120626F78','2026-12-18',X'02206120626F78');
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
INSERT INTO "team_document" VALUES('4980b478527b415da4b51a9fb01ef4ac','tag',X'02206120626F78',NULL,1,1);
INSERT INTO "team_document" VALUES('8dfbad512ffd44d8a9e84de24d05191f','view',X'02206120626F78','57a44c5e41794f59abec8b85e8fa8f1d',NULL,1);
CREATE INDEX ix_credential_member_id ON credential (member_id);
CREATE INDEX ix_session_member_id ON session (member_id);
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
CREATE INDEX ix_case_queue ON "case" (stage, automated, level, answer_by, holder, version);
CREATE INDEX ix_facets_generation ON facets (generation);
CREATE INDEX ix_team_document_member_id ON team_document (member_id);
CREATE INDEX ix_team_document_generation ON team_document (generation);
CREATE INDEX ix_blob_owner ON blob (owner);
COMMIT;
