namespace Assistance.Domain.Shared;

/// <summary>The programmes that a household can apply for in one intake (Act chapter 3; 一门受理, Act art. 64).</summary>
public enum Programme
{
    /// <summary>最低生活保障 (Act art. 18).</summary>
    SubsistenceAllowance,

    /// <summary>特困人员供养 (Act art. 16 and 17).</summary>
    ExtremePovertySupport,

    /// <summary>最低生活保障边缘家庭 (Act art. 21).</summary>
    MarginalLowIncome,

    /// <summary>刚性支出困难家庭 (Act art. 22).</summary>
    EssentialExpenditureHardship,

    /// <summary>临时救助 (Act art. 29).</summary>
    TemporaryAssistance,

    /// <summary>医疗救助 (Act art. 24).</summary>
    MedicalAssistance,

    /// <summary>住房救助 (Act art. 26).</summary>
    HousingAssistance,

    /// <summary>就业救助 (Act art. 27).</summary>
    EmploymentAssistance,

    /// <summary>教育救助 (Act art. 25).</summary>
    EducationAssistance,
}
