-- Objections to what is posted, complaints, and what is published after a grant.

CREATE INDEX IX_PublicPosting_Community ON PublicPosting (CommunityCode, EndsOn, PostingId);

CREATE TABLE GrantPublication (
    PublicationId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    CommunityCode VARCHAR(12) $Code$ NOT NULL,
    PublishedOn DATE NOT NULL,
    EndsOn DATE NOT NULL,
    PublicationJson NVARCHAR($Max$) NOT NULL,
    IsSample BIT NOT NULL,
    CONSTRAINT PK_GrantPublication PRIMARY KEY (PublicationId),
    CONSTRAINT FK_GrantPublication_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE UNIQUE INDEX UX_GrantPublication_Application ON GrantPublication (ApplicationId);
CREATE INDEX IX_GrantPublication_Community ON GrantPublication (CommunityCode, EndsOn, PublicationId);

-- PostingId is that of a posting which may be gone since: one that holds no more is deleted.
CREATE TABLE PostingObjection (
    ObjectionId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    PostingId BINARY(16) NOT NULL,
    ReceivedOn DATE NOT NULL,
    ReceivedWay VARCHAR(32) $Code$ NOT NULL,
    SenderCipher VARBINARY($Max$) NULL,
    Statement NVARCHAR(2000) NOT NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    ObjectionAnswer VARCHAR(32) $Code$ NULL,
    DemocraticReviewJson NVARCHAR($Max$) NULL,
    ObjectionOutcome VARCHAR(32) $Code$ NULL,
    Reasons NVARCHAR(2000) NULL,
    ResolvedAt DATETIME2(3) NULL,
    ResolvedBy VARCHAR(64) $Code$ NULL,
    CONSTRAINT PK_PostingObjection PRIMARY KEY (ObjectionId),
    CONSTRAINT FK_PostingObjection_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE INDEX IX_PostingObjection_Application ON PostingObjection (ApplicationId, ObjectionId);

CREATE TABLE Complaint (
    ComplaintId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    ReceivedOn DATE NOT NULL,
    ReceivedWay VARCHAR(32) $Code$ NOT NULL,
    SenderCipher VARBINARY($Max$) NULL,
    Statement NVARCHAR(2000) NOT NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_Complaint PRIMARY KEY (ComplaintId),
    CONSTRAINT FK_Complaint_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_Complaint_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE INDEX IX_Complaint_CaseFile ON Complaint (CaseFileId, ComplaintId);
CREATE INDEX IX_Complaint_Application ON Complaint (ApplicationId);
