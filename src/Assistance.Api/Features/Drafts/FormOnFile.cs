using System.Text.Json;
using Assistance.Api.Data;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Drafts;

/// <summary>
/// What the file of a person's last application already says, as the beginning of the next form: a household is not asked
/// again for what it told once (57 art. 10). Nothing that has to be given anew is taken over: the programmes, the pledge, the
/// consents and a mandate are signed again (57 art. 9). Of the other adults only who they are: whoever opens the file is one of
/// them, and the rest is for each to say.
/// </summary>
internal sealed record FormOnFile(Guid CaseFileId, JsonElement Form, IReadOnlyList<TakenOverResponse> TakenOver)
{
    private const int MostCases = 5;

    public static async Task<FormOnFile?> FindAsync(Session session, PersonalDataProtector protector, IdentityNumber number, DateOnly today)
    {
        if (await PersonRepository.FindAsync(session, protector, number) is not { } personId)
        {
            return null;
        }

        foreach (var caseFileId in await CaseFileRepository.NewestOfMemberAsync(session, personId, MostCases))
        {
            var caseFile = await CaseFileRepository.GetAsync(session, caseFileId);
            var (household, recordedAt) = await HouseholdRepository.GetRecordedAsync(session, caseFileId, caseFile.SnapshotNumber);
            // An adult who lives there now: an obligor is no member, and somebody who has left has no business with the form.
            if (household.LivingOn(today).Any(member => member.PersonId == personId && !member.NeedsGuardianOn(today) && member.LivesWithHousehold))
            {
                var persons = await PersonRepository.OfCaseAsync(session, caseFileId);
                return new FormOnFile(
                    caseFileId, FormOf(caseFile, household, persons, personId, protector, today), TakenOverFrom(caseFile, household, ChinaTime.DayOf(recordedAt)));
            }
        }

        return null;
    }

    private static JsonElement FormOf(
        CaseFileRow caseFile, Household household, IReadOnlyDictionary<Guid, PersonRow> persons, Guid applicant, PersonalDataProtector protector, DateOnly today) =>
        JsonSerializer.SerializeToElement(
            new
            {
                RegisteredResidence = new ResidenceRequest { DivisionCode = caseFile.RegisteredDivisionCode, Address = caseFile.RegisteredAddress },
                HabitualResidence = new ResidenceRequest { DivisionCode = caseFile.HabitualDivisionCode, Address = caseFile.HabitualAddress },
                caseFile.ContactPhone,
                Members = household.LivingOn(today).Select(member => MemberOf(member, household, persons[member.PersonId], caseFile, applicant, protector, today)),
                Obligors = household.Obligors.Select(obligor => new
                {
                    Name = persons[obligor.PersonId].PersonName,
                    // Relationships are to the applicant; with another applicant they are to be stated anew.
                    Relationship = applicant == caseFile.ApplicantPersonId ? obligor.Relationship : (Relationship?)null,
                }),
            },
            ApiJson.Options);

    private static object MemberOf(
        HouseholdMember member, Household household, PersonRow person, CaseFileRow caseFile, Guid applicant, PersonalDataProtector protector, DateOnly today)
    {
        // Their own, and what a parent answers for.
        var isTheirs = member.PersonId == applicant || member.IsMinorOn(today);
        return new
        {
            Name = person.PersonName,
            IdentityNumber = isTheirs ? NumberOf(person, protector) : null,
            BornOn = person.IdentityCipher is null ? member.BornOn : (DateOnly?)null,
            Relationship = member.PersonId == applicant ? Relationship.Self
                : applicant == caseFile.ApplicantPersonId ? member.Relationship
                : (Relationship?)null,
            RegisteredDivisionCode = member.RegisteredDivisionCode == caseFile.RegisteredDivisionCode ? null : member.RegisteredDivisionCode,
            member.IsFullTimeStudent,
            member.LivesWithHousehold,
            Absence = member.Absence is { } absence ? new AbsenceRequest { Kind = absence.Kind, SinceOn = absence.SinceOn } : null,
            member.CannotSupportSelf,
            Disability = isTheirs && member.Disability is { } disability ? new DisabilityRequest { Kind = disability.Kind, Grade = disability.Grade } : null,
            HasCertifiedMajorIllness = isTheirs && member.HasCertifiedMajorIllness,
            member.IsEmployed,
            member.HasLegalCapacity,
            Incomes = household.Incomes.Where(income => isTheirs && income.PersonId == member.PersonId)
                .Select(income => new IncomeRequest { Kind = income.Kind, MonthlyFen = income.MonthlyFen.Fen }),
            Expenditures = household.Expenditures.Where(spent => isTheirs && spent.PersonId == member.PersonId)
                .Select(spent => new ExpenditureRequest { Kind = spent.Kind, YearlyFen = spent.YearlyFen.Fen }),
            Properties = household.Properties.Where(property => isTheirs && property.PersonId == member.PersonId)
                .Select(property => new PropertyRequest { Kind = property.Kind, ValueFen = property.ValueFen.Fen, Count = property.Count, Exemption = property.Exemption }),
        };
    }

    private static string? NumberOf(PersonRow person, PersonalDataProtector protector) =>
        person.IdentityCipher is { } cipher ? protector.UnprotectIdentityNumber(cipher).Value : null;

    private static IReadOnlyList<TakenOverResponse> TakenOverFrom(CaseFileRow caseFile, Household household, DateOnly recordedOn)
    {
        var openedOn = ChinaTime.DayOf(caseFile.OpenedAt);
        return
        [
            new("$.registeredResidence", openedOn),
            new("$.habitualResidence", caseFile.MovedOn ?? openedOn),
            new("$.contactPhone", openedOn),
            new("$.members", recordedOn),
            .. household.Obligors.Count == 0 ? [] : new[] { new TakenOverResponse("$.obligors", recordedOn) },
        ];
    }
}
