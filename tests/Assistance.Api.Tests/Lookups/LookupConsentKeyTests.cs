using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Assistance.Api.Tests.Lookups;

/// <summary>The database itself refuses a look-up that rests on the consent of somebody else, or on one given in another case (Act arts 40 and 41).</summary>
public sealed class LookupConsentKeyTests(Engine engine) : ApiTests(engine)
{
    private const string AddSql = """
        INSERT INTO Lookup (LookupId, CaseFileId, RoundNumber, PersonId, LookupSource, Purpose, BasisCode, ConsentId, CausedBy, LookupState,
            AttemptCount, DueAt, IsDueProvisional, AnswerRevision)
        VALUES (@LookupId, @CaseFileId, 9, @PersonId, 'Tax', 'MeansVerification', 'LAW-41', @ConsentId, 'clerk', 'Cancelled', 0, @DueAt, 0, 0)
        """;

    [Test]
    public async Task A_look_up_names_a_consent_of_its_own_person_and_case_or_is_not_written()
    {
        var household = AHousehold.OfTwo();
        var first = await SubmittedAsync(household);
        household.Form["programmes"] = new JsonArray("MarginalLowIncome");
        var next = await SubmittedAsync(household);
        var (consents, again) = (await ConsentsAsync(first), await ConsentsAsync(next));
        var (caseFile, nextCase) = (await CaseFileAsync(first), await CaseFileAsync(next));
        Assert.That(again.Select(consent => consent.PersonId), Is.EqualTo(consents.Select(consent => consent.PersonId)), "the same two people");

        Assert.Multiple(() =>
        {
            Assert.That(() => AddAsync(caseFile, consents[0].PersonId, consents[1].ConsentId), IsRefused, "another person's");
            Assert.That(() => AddAsync(caseFile, consents[0].PersonId, again[0].ConsentId), IsRefused, "another case's");
            Assert.That(() => AddAsync(nextCase, consents[0].PersonId, consents[0].ConsentId), IsRefused, "another case's, the other way round");
            Assert.That(() => AddAsync(caseFile, consents[0].PersonId, Guid.NewGuid()), IsRefused, "nobody's");
            Assert.That(() => AddAsync(caseFile, consents[0].PersonId, consents[0].ConsentId), Throws.Nothing, "their own, in this case");
        });
    }

    // SQLITE_CONSTRAINT_FOREIGNKEY.
    private NUnit.Framework.Constraints.IResolveConstraint IsRefused => Engine == Engine.Sqlite
        ? Throws.InstanceOf<SqliteException>().With.Property(nameof(SqliteException.SqliteExtendedErrorCode)).EqualTo(787)
        : Throws.InstanceOf<DbException>();

    private Task<int> AddAsync(Guid caseFileId, Guid personId, Guid consentId) => Service.Database.WriteAsync(
        session => session.ExecuteAsync(AddSql, new
        {
            LookupId = Guid.CreateVersion7(),
            CaseFileId = caseFileId,
            PersonId = personId,
            ConsentId = consentId,
            DueAt = World.Clock.GetUtcNow(),
        }),
        CancellationToken.None);

    private async Task<Guid> CaseFileAsync(string path) => Guid.Parse((string)Expect(200, await Supervisor.GetAsync(path))["caseFileId"]!);

    private async Task<List<(Guid PersonId, Guid ConsentId)>> ConsentsAsync(string path) =>
    [
        .. Items(Expect(200, await Clerk.GetAsync($"{path}/consents"))).Select(consent => (Guid.Parse((string)consent!["personId"]!), Guid.Parse((string)consent["consentId"]!))),
    ];
}
