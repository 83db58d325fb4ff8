using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>By which articles each programme asks about property; the numbers are local, and each programme has its own.</summary>
internal static class PropertyLimits
{
    public static string[] BasesOf(Programme programme) => programme switch
    {
        Programme.MarginalLowIncome => [LegalBases.BelowTheMarginalLine, LegalBases.PropertyDefined],
        Programme.EssentialExpenditureHardship => [LegalBases.EssentialExpenditure, LegalBases.EssentialExpenditureConditions],
        Programme.ExtremePovertySupport => [LegalBases.ExtremePoverty, LegalBases.NoMeansOfLivelihood],
        Programme.TemporaryAssistance => [LegalBases.TemporaryAssistanceDefined, LegalBases.TemporaryAssistanceKinds],
        _ => [LegalBases.BelowTheStandard, LegalBases.PropertyDefined],
    };
}
