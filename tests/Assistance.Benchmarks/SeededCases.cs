using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Benchmarks;

/// <summary>Fills a database with cases of made-up households of three, spread over the 18 streets, by the service's own repositories.</summary>
internal static class SeededCases
{
    private const int Batch = 500;

    /// <returns>The applications' ids.</returns>
    public static async Task<IReadOnlyList<Guid>> FillAsync(Database database, PersonalDataProtector protector, int count, DateTimeOffset now)
    {
        var ids = new List<Guid>(count);
        for (var first = 0; first < count; first += Batch)
        {
            ids.AddRange(await database.WriteAsync(
                async session =>
                {
                    var batch = new List<Guid>(Batch);
                    for (var i = first; i < Math.Min(count, first + Batch); i++)
                    {
                        batch.Add(await AddAsync(session, protector, i, now.AddMilliseconds(i)));
                    }

                    return batch;
                },
                CancellationToken.None));
        }

        return ids;
    }

    private static async Task<Guid> AddAsync(Session session, PersonalDataProtector protector, int index, DateTimeOffset now)
    {
        var street = $"1402130{50 + index % 18}";
        var persons = new List<Guid>();
        for (var member = 0; member < 3; member++)
        {
            // Birth years of their own, so that no submitted person is among them.
            var number = index * 3 + member;
            var body = $"140213{2001 + number / 999 / 336 % 10}{1 + number / 999 / 28 % 12:00}{1 + number / 999 % 28:00}{number % 999 + 1:000}";
            persons.Add(await PersonRepository.FindOrAddAsync(
                session, protector, IdentityNumber.Parse(body + IdentityNumber.CheckCharacterOf(body)), $"样例{number}", now));
        }

        var caseFile = new CaseFileRow
        {
            CaseFileId = Guid.CreateVersion7(now),
            CaseNumber = $"{street}-2025-{index:000000}",
            ApplicantPersonId = persons[0],
            RegisteredDivisionCode = $"{street}001",
            RegisteredAddress = "样例路1号",
            HabitualDivisionCode = $"{street}001",
            HabitualAddress = "样例路1号",
            ContactPhone = "0352-5550199",
            SnapshotNumber = 1,
            LastEventNumber = 1,
            OpenedAt = now,
        };
        await CaseFileRepository.AddAsync(session, caseFile);
        var household = new Household
        {
            Members =
            [
                .. persons.Select((person, member) => new HouseholdMember
                {
                    PersonId = person,
                    Relationship = (Relationship)member,
                    BornOn = new DateOnly(member == 2 ? 2015 : 1985, 1, 1),
                    RegisteredDivisionCode = $"{street}001",
                }),
            ],
            Incomes = [new DeclaredIncome(persons[0], IncomeKind.Wages, new Money(90_000))],
            Properties = [],
        };
        await HouseholdRepository.AddAsync(session, caseFile.CaseFileId, 1, "Seeded", household, now);
        foreach (var person in persons)
        {
            await PersonRepository.AddMemberAsync(session, caseFile.CaseFileId, person, "样例");
            await ConsentRepository.AddAsync(session, new ConsentRow
            {
                ConsentId = Guid.CreateVersion7(now),
                CaseFileId = caseFile.CaseFileId,
                PersonId = person,
                SignerPersonId = person,
                SignedOn = new DateOnly(2026, 9, 1),
            });
        }

        var application = new ApplicationRow
        {
            ApplicationId = Guid.CreateVersion7(now),
            CaseFileId = caseFile.CaseFileId,
            Programme = Programme.SubsistenceAllowance,
            ApplicationState = ApplicationState.Received,
            ReceivingDivisionCode = street,
            AcceptingDivisionCode = street,
            RoutingJson = ApiJson.Write(new RoutingDecision
            {
                Rule = "RegisteredAndLivingInTheDistrict",
                Outcome = RoutingOutcome.AcceptedHere,
                BasisCodes = [LegalBases.LocalResidenceNotice, LegalBases.ApplyAtRegistration, LegalBases.HouseholdIsTheUnit],
                AcceptingDivision = DivisionCode.Parse(street),
                ResidenceDiffers = false,
            }),
            SubmittedAt = now,
            SubmittedBy = "seed",
            Version = 1,
            CommunityCode = caseFile.HabitualDivisionCode,
        };
        await ApplicationRepository.AddAsync(session, application, [street, "140213"]);
        await CaseEvents.AppendAsync(session, caseFile.CaseFileId, 1, new CaseEvent("ApplicationSubmitted", null, new Dictionary<string, string>()), now, officer: null);
        return application.ApplicationId;
    }
}
