namespace Assistance.Domain.Shared;

/// <summary>
/// Codes of the articles that the rules rest on. Titles, texts and the dates between which each is in force are rows of
/// <c>seeds/legal-bases.csv</c>; a test holds this list and those rows equal.
/// LAW = 《社会救助法》(2026) · 57 = 民发〔2021〕57号 · N22 = the four-ministry notice of 2022 · TK = 特困人员认定办法 ·
/// GX = 刚性支出困难家庭认定办法 · ZS = 政务数据共享条例 · PIPL = 个人信息保护法 · XF = 行政复议法 · XS = 行政诉讼法.
/// </summary>
public static class LegalBases
{
    public const string BelowTheStandard = "LAW-18";
    public const string ExtremePoverty = "LAW-16";
    public const string ExtremePovertyStandard = "LAW-17";
    public const string CategoryTopUps = "LAW-20";
    public const string BelowTheMarginalLine = "LAW-21";
    public const string EssentialExpenditure = "LAW-22";
    public const string MedicalAssistance = "LAW-24";
    public const string EducationAssistance = "LAW-25";
    public const string HousingAssistance = "LAW-26";
    public const string EmploymentAssistance = "LAW-27";
    public const string AidFirst = "LAW-50";
    public const string UnableToWork = "TK-5";
    public const string NoMeansOfLivelihood = "TK-6";
    public const string ObligorUnable = "TK-8";
    public const string EssentialExpenditureConditions = "GX-4";
    public const string TemporaryAssistanceKinds = "LS18-2-1";
    public const string ProvinceSetsTheStandard = "LAW-19";
    public const string TemporaryAssistanceDefined = "LAW-29";
    public const string ApplyAtRegistration = "LAW-37";
    public const string OtherDoors = "LAW-38";
    public const string TruthfulReport = "LAW-40";
    public const string ConsentToVerification = "LAW-40";
    public const string DepartmentsVerify = "LAW-41";
    public const string DistrictConfirms = "LAW-44";
    public const string RefusalInWriting = "LAW-45";
    public const string ReportChanges = "LAW-46";
    public const string AdjustByChange = "LAW-47";
    public const string PriorHearing = "LAW-48";
    public const string VerifiableMayNotBeAsked = "LAW-62";
    public const string OneWindow = "LAW-64";
    public const string NoWrongfulRefusal = "LAW-70";
    public const string RemediesExist = "LAW-76";
    public const string SubdistrictReviews = "57-2";
    public const string HouseholdIsTheUnit = "57-4";
    public const string MixedRegistration = "57-5";
    public const string HouseholdMembers = "57-7";
    public const string SinglePersonFiling = "57-8";
    public const string MembersDuties = "57-9";
    public const string ToldOnce = "57-10";
    public const string IncomeDefined = "57-13";
    public const string PropertyDefined = "57-14";
    public const string InvestigationStarts = "57-15";
    public const string VerificationStarts = "57-17";
    public const string RecheckOnObjection = "57-18";
    public const string PublicPosting = "57-19";
    public const string ReviewFromInvestigation = "57-19";
    public const string DistrictOpinion = "57-20";
    public const string GrantFromNextMonth = "57-21";
    public const string TotalPeriod = "57-22";
    public const string Difference = "57-23";
    public const string PublicationAfterGrant = "57-24";
    public const string PeriodicReview = "57-31";
    public const string ReasonsForChange = "57-32";
    public const string UnemployedDisabledFileAlone = "N22-1-1";
    public const string DeathWithinThreeMonths = "N22-1-3";
    public const string ExtendedPeriod = "N22-4-1";
    public const string RegisteredElsewhere = "N22-4-3";
    public const string ExtremePovertyAtRegistration = "TK-10";
    public const string ExtremePovertyPosting = "TK-15";
    public const string EssentialExpenditureDefined = "GX-5";
    public const string EssentialExpenditureByAMember = "GX-6";
    public const string EssentialExpenditurePeriod = "GX-8";
    public const string SharingReply = "ZS-21";
    public const string SharingDelivery = "ZS-22";
    public const string SharingCorrection = "ZS-26";
    public const string SharingPurposeOver = "ZS-27";
    public const string LocalResidenceNotice = "PC-RESIDENCE";
    public const string LocalOnceOnly = "PC-ONCE";
    public const string Reconsideration = "XF-20";
    public const string ReconsiderationBody = "XF-24";
    public const string Litigation = "XS-46";
    public const string PeriodsRollOver = "MSF-85";
    public const string ShortestStorage = "PIPL-19";
    public const string AgentsMayAct = "57-6";
    public const string RelatedStaff = "57-11";
    public const string HomeVisits = "57-16";
}
