using System.Globalization;
using System.Text;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;

namespace Assistance.Sandbox;

/// <summary>
/// Records for any number of made-up people, so that a run over thousands finds something: drawn from the identity number
/// alone, the same at every question, and nothing has to be kept.
/// </summary>
internal static class InventedRecords
{
    private static readonly DateOnly Since = new(2025, 1, 1);

    public static IReadOnlyList<DepartmentFact> Of(DateOnly day, string identityNumber, LookupSource source)
    {
        var chance = Chance($"{identityNumber}/{source}");
        // The year of birth stands in the number.
        var age = day.Year - int.Parse(identityNumber.AsSpan(6, 4), CultureInfo.InvariantCulture);
        return source switch
        {
            LookupSource.HouseholdRegistration =>
                [new DepartmentFact { Kind = FactKind.RegisteredDivision, DivisionCode = "140213054003", FromOn = new DateOnly(2021, 3, 2) }],
            LookupSource.SocialInsurance when age >= 60 => Amount(70, FactKind.MonthlyPension, 15_000, 120_000),
            LookupSource.SocialInsurance when age >= 18 => Amount(40, FactKind.MonthlyWage, 80_000, 300_000),
            LookupSource.Tax when age >= 18 => Amount(15, FactKind.MonthlyTaxedWage, 80_000, 300_000),
            LookupSource.RealEstate when age >= 18 => Count(25, FactKind.HousesOwned),
            LookupSource.Vehicles when age >= 18 => Count(10, FactKind.VehiclesOwned),
            LookupSource.MarketRegistration when age >= 18 => Count(4, FactKind.BusinessesOwned),
            LookupSource.HousingFund when age is >= 18 and < 60 => Amount(8, FactKind.HousingFundBalance, 100_000, 2_000_000),
            LookupSource.Banks => Amount(80, FactKind.DepositBalance, 1_000, 2_000_000),
            LookupSource.CommercialInsurance => Amount(12, FactKind.PolicyCashValue, 50_000, 1_000_000),
            LookupSource.Securities when age >= 18 => Amount(3, FactKind.SecuritiesValue, 10_000, 3_000_000),
            LookupSource.PaymentInstitutions => Amount(60, FactKind.PaymentBalance, 100, 100_000),
            LookupSource.Marriage when age >= 22 => Lasting(65, FactKind.MarriedSince),
            LookupSource.MedicalInsurance => Amount(30, FactKind.MedicalSelfPaid, 5_000, 900_000),
            LookupSource.DisabilityFederation when chance % 100 < 8 =>
                [new DepartmentFact { Kind = FactKind.DisabilityGrade, Count = (int)(chance / 100 % 4) + 1, FromOn = Since }],
            LookupSource.Education when age is >= 6 and < 22 => Lasting(90, FactKind.EnrolledSince),
            LookupSource.Veterans when age >= 50 => Amount(3, FactKind.MonthlyPreferentialPension, 50_000, 150_000),
            // Nobody is made up to be dead.
            _ => [],
        };

        IReadOnlyList<DepartmentFact> Amount(uint share, FactKind kind, long least, long most) => Has(share)
            ? [new DepartmentFact { Kind = kind, AmountFen = least + (chance / 100 % (most - least) / 100 * 100), FromOn = Since }]
            : [];

        IReadOnlyList<DepartmentFact> Count(uint share, FactKind kind) => Has(share) ? [new DepartmentFact { Kind = kind, Count = 1, FromOn = Since }] : [];

        IReadOnlyList<DepartmentFact> Lasting(uint share, FactKind kind) => Has(share) ? [new DepartmentFact { Kind = kind, FromOn = Since }] : [];

        bool Has(uint share) => chance % 100 < share;
    }

    // FNV-1a: the same in every process, which string.GetHashCode is not.
    private static uint Chance(string text)
    {
        var hash = 2_166_136_261;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ octet) * 16_777_619);
        }

        return hash;
    }
}
