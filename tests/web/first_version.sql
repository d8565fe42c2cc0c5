BEGIN TRANSACTION;
CREATE TABLE edit (
	map VARCHAR(200) NOT NULL, 
	seq BIGINT NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	client VARCHAR(64) NOT NULL, 
	n BIGINT NOT NULL, 
	at_us BIGINT NOT NULL, 
	data TEXT NOT NULL, 
	inverse TEXT NOT NULL, 
	replaced TEXT NOT NULL, 
	sum VARCHAR(64) NOT NULL, 
	PRIMARY KEY (map, seq), 
	CONSTRAINT edit_once UNIQUE (map, client, n)
);
INSERT INTO "edit" VALUES('shop',1,'Ann','page',1,1,'{"do":"change","ref":"map","field":"title","value":"We order"}','{"do":"change","ref":"map","field":"title","value":"We order"}','[]','110eae6da480c1c5e21db190a06f39e231ace043d1ae99aa55d452ee87144204');
CREATE TABLE "key" (
	id VARCHAR(32) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	link VARCHAR(32) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	map VARCHAR(200) NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	password VARCHAR(200) NOT NULL, 
	until_us BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (hash)
);
CREATE TABLE map (
	id VARCHAR(200) NOT NULL, 
	epoch VARCHAR(32) NOT NULL, 
	created_us BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "map" VALUES('shop','e1',0);
CREATE TABLE person (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	password VARCHAR(200) NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	lanes TEXT NOT NULL, 
	suspended BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO "person" VALUES('a4b08caf43839c85','Ann','$argon2id$v=19$m=8,t=1,p=1$1nGveuVhHCbUgp0TI4K+GA$MI4gVRukshxj5ZVletadT6NQYwYyyQB2+nHC4YcwS1U','administrator','',0);
CREATE TABLE snapshot (
	map VARCHAR(200) NOT NULL, 
	upto BIGINT NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at_us BIGINT NOT NULL, 
	document TEXT NOT NULL, 
	sum VARCHAR(64) NOT NULL, 
	PRIMARY KEY (map, upto, name)
);
INSERT INTO "snapshot" VALUES('shop',0,'','Ann',0,'{"format":"desirepath/board/1","map":"shop","cards":[{"ref":"map","at":"","pos":"","lane":"","gone":false,"fields":{"title":"I order"}},{"ref":"stage:find","at":"map","pos":"a0","lane":"","gone":false,"fields":{"name":"Find"}}]}','b457d0bb34061eddc4fca34e2072b428b8442b2938cb0b1b4e584b2ff27b4f25');
INSERT INTO "snapshot" VALUES('shop',0,'spring','Ann',7,'{"format":"desirepath/board/1","map":"shop","cards":[{"ref":"map","at":"","pos":"","lane":"","gone":false,"fields":{"title":"I order"}},{"ref":"stage:find","at":"map","pos":"a0","lane":"","gone":false,"fields":{"name":"Find"}}]}','b457d0bb34061eddc4fca34e2072b428b8442b2938cb0b1b4e584b2ff27b4f25');
CREATE INDEX snapshot_by_map ON snapshot (map, upto);
COMMIT;
