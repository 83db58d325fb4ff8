-- Rows proposed for the parameters: who proposed them, why, and what a second person did about it.
CREATE TABLE ParameterUpload (
    UploadId BINARY(16) NOT NULL,
    UploadState VARCHAR(32) $Code$ NOT NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    ProposedAt DATETIME2(3) NOT NULL,
    ProposedBy VARCHAR(64) $Code$ NOT NULL,
    -- Who activated, withdrew or rejected it.
    ClosedAt DATETIME2(3) NULL,
    ClosedBy VARCHAR(64) $Code$ NULL,
    ClosingReasons NVARCHAR(2000) NULL,
    Version INT NOT NULL,
    CONSTRAINT PK_ParameterUpload PRIMARY KEY (UploadId)
);
CREATE INDEX IX_ParameterUpload_State ON ParameterUpload (UploadState, UploadId);

-- What it proposes, kept whatever becomes of it. Once activated, where a row of PolicyParameter comes from.
CREATE TABLE ParameterUploadRow (
    UploadId BINARY(16) NOT NULL,
    LineNumber INT NOT NULL,
    ParameterCode VARCHAR(100) $Code$ NOT NULL,
    FromOn DATE NOT NULL,
    ToOn DATE NULL,
    ParameterValue BIGINT NOT NULL,
    Unit VARCHAR(32) $Code$ NOT NULL,
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    DocumentNumber NVARCHAR(100) NULL,
    IsSample BIT NOT NULL,
    Remark NVARCHAR(500) NULL,
    -- The first day of the row that was in force without an end until this one gave it its last day.
    EndedFromOn DATE NULL,
    CONSTRAINT PK_ParameterUploadRow PRIMARY KEY (UploadId, LineNumber),
    CONSTRAINT FK_ParameterUploadRow_Upload FOREIGN KEY (UploadId) REFERENCES ParameterUpload (UploadId)
);
CREATE INDEX IX_ParameterUploadRow_Code ON ParameterUploadRow (ParameterCode, FromOn);
