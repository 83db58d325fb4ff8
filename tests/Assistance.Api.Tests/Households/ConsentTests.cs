using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests.Households;

/// <summary>Who lets departments be asked about them, who does so no longer, and what follows from it at once (Act arts 40 and 41; 57 art. 9).</summary>
public sealed class ConsentTests(Engine engine) : ApiTests(engine)
{
    private static readonly string[] Everything = ["Apply", "SupplyMaterials", "ReceiveNotices", "Contest"];

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Departments:Sources:Vehicles:Timeout"] = "00:00:00.300",
        ["Departments:Sources:Banks:PollEvery"] = "00:00:01",
    };

    [TearDown]
    public void LetEveryDepartmentDoAsUsual()
    {
        foreach (var source in LookupSources.All)
        {
            World?.Departments.Behave(source, usual => usual);
        }
    }

    // ---- The list ----

    [Test]
    public async Task Everybody_of_the_case_is_listed_with_where_their_consent_stands()
    {
        var household = AHousehold.OfThree().WithoutConsent(1);
        var (consenting, silent) = (AHousehold.OfOne(), AHousehold.OfOne());
        household.Form["obligors"] = new JsonArray(Obligor(consenting, "2026-09-20"), Obligor(silent, consentedOn: null));

        var path = await SubmittedAsync(household);
        var persons = await ConsentsAsync(path);

        Assert.Multiple(() =>
        {
            Assert.That(persons.Select(person => (string)person!["standing"]!), Is.EqualTo(new[] { "Holds", "NotGiven", "Holds", "Holds", "NotGiven" }));
            Assert.That(persons.Select(person => (bool)person!["isObligor"]!), Is.EqualTo(new[] { false, false, false, true, true }));
            Assert.That(
                persons.Select(person => (string)person!["name"]!),
                Is.EqualTo(new[] { household.Member(0), household.Member(1), household.Member(2), consenting.Member(0), silent.Member(0) }.Select(member => (string)member["name"]!)));
            Assert.That((string?)persons[2]!["signerPersonId"], Is.EqualTo((string?)persons[0]!["personId"]), "for the child by the first member");
            Assert.That(((string?)persons[3]!["signerPersonId"], (string?)persons[3]!["signedOn"]), Is.EqualTo(((string?)persons[3]!["personId"], "2026-09-20")));
            Assert.That((string?)persons[0]!["recordedBy"], Is.EqualTo($"{Roles.Clerk}-{Window}"));
            Assert.That(new[] { "consentId", "signedOn", "recordedAt", "recordedBy", "refusedAt" }.Select(member => persons[1]![member]), Is.All.Null);
        });
    }

    [Test]
    public async Task Who_reads_the_list_is_recorded_and_another_office_does_not_find_it()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var person = await PersonAsync(path);
        var stranger = As(Roles.Clerk, "140213050");

        Expect(200, await As(Roles.Auditor, District, subject: "auditor-of-consents").GetAsync($"{path}/consents"));

        var caseFileId = Guid.Parse((string)Expect(200, await Supervisor.GetAsync(path))["caseFileId"]!);
        var recorded = await ReadAsync<string>(
            "SELECT ActorId FROM AccessRecord WHERE CaseFileId = @CaseFileId AND AccessPurpose = 'ListConsents'", new { CaseFileId = caseFileId });
        Assert.That(recorded, Is.EqualTo(new[] { "auditor-of-consents" }));
        Refused(await stranger.GetAsync($"{path}/consents"), 404, "not-found");
        Refused(await stranger.PostAsync($"{path}/consents", Consent(person, Today).ToJsonString(), await TagAsync(path)), 404, "not-found");
        Refused(await stranger.PostAsync($"{path}/consent-revocations", Revocation(person).ToJsonString(), await TagAsync(path)), 404, "not-found");
        Assert.That(await StandingAsync(path, person), Is.EqualTo("Holds"));
    }

    [Test]
    public async Task Any_window_that_sees_the_case_takes_it_down_and_nobody_but_a_clerk()
    {
        var path = await SubmittedAsync(AHousehold.OfOne().WithoutConsent(0));
        var person = await PersonAsync(path);
        foreach (var officer in new[] { Reviewer, Confirmer, Supervisor, As(Roles.Auditor, District) })
        {
            Refused(await ActAsync(officer, path, "consents", Consent(person, Today)), 403, "forbidden");
            Refused(await ActAsync(officer, path, "consent-revocations", Revocation(person)), 403, "forbidden");
        }

        Expect(201, await ActAsync(AnyWindow, path, "consents", Consent(person, Today)));
        Expect(201, await ActAsync(AnyWindow, path, "consent-revocations", Revocation(person)));
    }

    // ---- Giving one later ----

    [Test]
    public async Task A_consent_given_later_has_the_departments_asked_about_that_person_alone_and_its_items_withdrawn()
    {
        var household = AHousehold.OfTwo().WithoutConsent(1);
        var path = await SubmittedAsync(household);
        Assert.That(Of(Items(await SealedAsync(path)), await PersonAsync(path, 1)).Select(Stands), Is.All.EqualTo("Required ConsentNotGiven").And.Not.Empty);
        var asked = (First: Asked(household, 0), Second: Asked(household, 1));
        var person = await PersonAsync(path, 1);

        var given = Expect(201, await ActAsync(Clerk, path, "consents", Consent(person, Today, endsOn: "2027-09-20")));

        Assert.Multiple(() =>
        {
            Assert.That((string)given["consent"]["standing"]!, Is.EqualTo("Holds"));
            Assert.That((string)given["consent"]["endsOn"]!, Is.EqualTo("2027-09-20"));
            Assert.That((string)given["consent"]["signerPersonId"]!, Is.EqualTo(person));
            Assert.That((string)given["consent"]["recordedBy"]!, Is.EqualTo($"{Roles.Clerk}-{Street}"));
            Assert.That(Items(given, "toBring"), Is.Empty, "the departments are asked, and not the household");
        });
        var lookups = await SettledAsync(path, round: 2);
        var items = Of(Items(Expect(200, await Clerk.GetAsync($"{path}/disclosure"))), person);
        Assert.Multiple(() =>
        {
            Assert.That(lookups.Where(lookup => (int)lookup!["round"]! == 2).Select(lookup => (string)lookup!["personId"]!), Is.All.EqualTo(person).And.Not.Empty);
            Assert.That(lookups.Where(lookup => (int)lookup!["round"]! == 2).Select(lookup => (string)lookup!["consentId"]!), Is.All.EqualTo((string)given["consent"]["consentId"]!));
            Assert.That(asked.Second, Is.Zero);
            Assert.That(Asked(household, 0), Is.EqualTo(asked.First), "about the other nobody is asked again");
            Assert.That(Asked(household, 1), Is.EqualTo(asked.First), "the same departments about the same kind of person");
            Assert.That(items.Select(Stands).Distinct(), Is.EquivalentTo(new[] { "AnsweredByDepartment " }));
        });
    }

    [Test]
    public async Task An_obligor_signs_for_themselves_alone_and_is_asked_about_from_then_on()
    {
        var obligor = AHousehold.OfOne();
        var household = AHousehold.OfOne();
        household.Form["obligors"] = new JsonArray(Obligor(obligor, consentedOn: null));
        var path = await SubmittedAsync(household);
        await SettledAsync(path);
        var person = (string)(await ConsentsAsync(path))[1]!["personId"]!;

        Refused(await ActAsync(Clerk, path, "consents", Consent(person, Today, signer: await PersonAsync(path))), 422, "consent-not-theirs-to-sign", "LAW-41");
        Assert.That(Asked(obligor, 0), Is.Zero);
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(person, Today)));

        await SettledAsync(path, round: 2);
        Assert.That(Asked(obligor, 0), Is.Positive);
        Assert.That((await TimelineAsync(path)).Last(entry => (string)entry!["kind"]! == "ConsentRecorded")!["legalBasis"]!["code"]!.GetValue<string>(), Is.EqualTo("LAW-41"));
    }

    [Test]
    public async Task For_a_minor_an_adult_of_the_household_signs_and_for_an_adult_nobody_else()
    {
        var path = await SubmittedAsync(AHousehold.OfThree().WithoutConsent(1).WithoutConsent(2));
        var (father, mother, child) = (await PersonAsync(path), await PersonAsync(path, 1), await PersonAsync(path, 2));

        Refused(await ActAsync(Clerk, path, "consents", Consent(child, Today)), 422, "consent-not-theirs-to-sign", "LAW-40");
        Refused(await ActAsync(Clerk, path, "consents", Consent(mother, Today, signer: father)), 422, "consent-not-theirs-to-sign", "LAW-40");
        Refused(await ActAsync(Clerk, path, "consents", Consent(Guid.NewGuid().ToString(), Today)), 422, "consent-not-of-the-case");
        var given = Expect(201, await ActAsync(Clerk, path, "consents", Consent(child, Today, signer: father)));

        Assert.That((string)given["consent"]["signerPersonId"]!, Is.EqualTo(father));
        Assert.That((await ConsentsAsync(path)).Select(person => (string)person!["standing"]!), Is.EqualTo(new[] { "Holds", "NotGiven", "Holds" }));
    }

    [Test]
    public async Task The_guardian_on_record_signs_for_a_minor_who_has_no_adult_and_a_stranger_does_not()
    {
        var path = await SubmittedAsync(AHousehold.OfAMinor().Through(Guardian()));
        var ward = await PersonAsync(path);
        var guardian = (string)(await ConsentsAsync(path)).Single()!["signerPersonId"]!;
        Assert.That(guardian, Is.Not.EqualTo(ward));

        var other = await SubmittedAsync(AHousehold.OfAMinor().Through(Guardian()));
        var stranger = (string)(await ConsentsAsync(other)).Single()!["signerPersonId"]!;

        Refused(await ActAsync(Clerk, path, "consents", Consent(ward, Today, signer: stranger)), 422, "consent-not-theirs-to-sign", "LAW-40");
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(ward, Today, signer: guardian)));
    }

    [Test]
    public async Task Dates_that_cannot_be_are_named_all_at_once()
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var person = await PersonAsync(path);

        Faulty(await ActAsync(Clerk, path, "consents", Consent(person, "2099-01-02", endsOn: "2099-01-01")), ("$.signedOn", "in-the-future"), ("$.endsOn", "before-signed"));
        Faulty(await ActAsync(Clerk, path, "consents", Consent(person, "2026-01-01", endsOn: "2026-09-20")), ("$.endsOn", "ended-already"));
        Faulty(await ActAsync(Clerk, path, "consents", Consent(person, "2026-09-20")), ("$.signedOn", "older-than-the-last-word"));
        Faulty(await ActAsync(Clerk, path, "consent-revocations", new JsonObject { ["personId"] = person, ["reasons"] = "" }), ("$.reasons", null));
        Assert.That((await ConsentsAsync(path)).Single()!["signedOn"]!.GetValue<string>(), Is.EqualTo("2026-09-21"));
    }

    [Test]
    public async Task An_older_paper_does_not_undo_a_refusal()
    {
        var path = await SubmittedAsync(AHousehold.OfOne().WithoutConsent(0));
        var person = await PersonAsync(path);
        var yesterday = Today;
        World.Clock.Forward(TimeSpan.FromDays(1));
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(person)));

        Faulty(await ActAsync(Clerk, path, "consents", Consent(person, yesterday)), ("$.signedOn", "older-than-the-last-word"));
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(person, Today)));
    }

    [Test]
    public async Task A_new_one_takes_the_place_of_the_old_and_what_is_on_file_is_not_asked_again()
    {
        var household = AHousehold.OfOne();
        var path = await AssessedAsync(household);
        var person = await PersonAsync(path);
        var before = (await ConsentsAsync(path)).Single()!;
        var asked = Asked(household, 0);

        var given = Expect(201, await ActAsync(Clerk, path, "consents", Consent(person, Today, endsOn: "2027-09-20")));
        var lookups = await SettledAsync(path, round: 2);

        var rows = await ReadAsync<bool>(
            "SELECT CASE WHEN RevokedAt IS NULL THEN 0 ELSE 1 END FROM VerificationConsent WHERE PersonId = @PersonId ORDER BY ConsentId", new { PersonId = Guid.Parse(person) });
        Assert.Multiple(() =>
        {
            Assert.That((string)given["consent"]["consentId"]!, Is.Not.EqualTo((string)before["consentId"]!));
            Assert.That(rows, Is.EqualTo(new[] { true, false }), "one stands at a time");
            Assert.That(Asked(household, 0), Is.EqualTo(asked));
            Assert.That(lookups.Where(lookup => (int)lookup!["round"]! == 2).Select(lookup => (string?)lookup!["reusedLookupId"]), Is.All.Not.Null.And.Not.Empty);
        });
        // Nobody said no: what was assessed before still holds.
        Expect(201, await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")));
    }

    [Test]
    public async Task What_is_under_way_by_the_old_one_is_asked_for_by_the_new_one()
    {
        World.Departments.Behave(LookupSource.Tax, usual => usual with { Latency = TimeSpan.FromSeconds(1) });
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);
        await LookupAsync(path, "Tax", lookup => lookup["askedAt"] is not null);
        await UntilAsync(() => Asked(household, 0, LookupSource.Tax) == 1);

        var given = Expect(201, await ActAsync(Clerk, path, "consents", Consent(await PersonAsync(path), Today)));
        World.Departments.Behave(LookupSource.Tax, usual => usual);
        var tax = (await SettledAsync(path, round: 2)).Where(lookup => (string)lookup!["source"]! == "Tax").ToList();

        Assert.Multiple(() =>
        {
            Assert.That(tax.Select(lookup => $"{lookup!["state"]} {lookup["cause"]}"), Is.EqualTo(new[] { "Cancelled ConsentRevoked", "NotFound " }));
            Assert.That((string)tax[1]!["consentId"]!, Is.EqualTo((string)given["consent"]["consentId"]!));
        });
    }

    // ---- Saying no ----

    [Test]
    public async Task Nothing_more_is_sent_once_it_is_revoked_and_an_answer_on_its_way_is_dropped()
    {
        World.Departments.Behave(LookupSource.Tax, usual => usual with { Latency = TimeSpan.FromSeconds(1.5) });
        World.Departments.Behave(LookupSource.Banks, usual => usual with { AnswersAfter = TimeSpan.FromHours(3) });
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Down);
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.Banks, new DepartmentFact { Kind = FactKind.DepositBalance, AmountFen = 700_000 });
        var path = await SubmittedAsync(household);
        var person = await PersonAsync(path);
        await UntilAsync(() => Asked(household, 0, LookupSource.Tax) == 1);
        await LookupAsync(path, "Banks", lookup => (string)lookup["state"]! == "Submitted");

        var revoked = Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(person, "本人不再同意核对。")));
        var asked = Asked(household, 0);
        var stopped = await LookupAsync(path, "Tax", _ => true);
        World.Departments.Behave(LookupSource.Vehicles, usual => usual);
        World.Clock.Forward(TimeSpan.FromHours(4));
        await Task.Delay(2_500);

        var lookups = Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups")));
        var banks = lookups.Single(lookup => (string)lookup!["source"]! == "Banks")!;
        var bodies = await ReadAsync<Guid>("SELECT b.LookupId FROM LookupBody b JOIN Lookup l ON l.LookupId = b.LookupId WHERE l.PersonId = @PersonId AND l.LookupSource IN ('Tax', 'Banks')", new { PersonId = Guid.Parse(person) });
        Assert.Multiple(() =>
        {
            Assert.That($"{stopped["state"]} {stopped["cause"]}", Is.EqualTo("Cancelled ConsentRevoked"), "at once, while the department still thinks");
            foreach (var source in new[] { "Tax", "Banks", "Vehicles" })
            {
                var lookup = lookups.Single(lookup => (string)lookup!["source"]! == source)!;
                Assert.That($"{lookup["state"]} {lookup["cause"]}", Is.EqualTo("Cancelled ConsentRevoked"), source);
                Assert.That(lookup["answeredAt"], Is.Null, source);
                Assert.That(lookup["facts"]!.AsArray(), Is.Empty, source);
            }

            Assert.That(Asked(household, 0), Is.EqualTo(asked), "nothing is sent any more");
            Assert.That(bodies, Is.Empty, "nothing of it is kept");
            Assert.That((string)revoked["consent"]["standing"]!, Is.EqualTo("Revoked"));
            Assert.That((string)revoked["consent"]["refusalReasons"]!, Is.EqualTo("本人不再同意核对。"));
            Assert.That((string)revoked["consent"]["refusedBy"]!, Is.EqualTo($"{Roles.Clerk}-{Street}"));
        });
        Assert.That(
            await World.Departments.SendAnswerAsync(LookupSource.Banks, new DepartmentAnswer
            {
                QueryId = Guid.Parse((string)banks["lookupId"]!),
                IdentityNumber = household.IdentityNumber(0),
                Status = DepartmentAnswerStatus.NotFound,
                Facts = [],
                Revision = 9,
            }),
            Is.EqualTo(System.Net.HttpStatusCode.NoContent), "the department did nothing wrong");
        Assert.That((await LookupAsync(path, "Banks", _ => true)).ToJsonString(), Is.EqualTo(banks.ToJsonString()));
        Assert.That((await TimelineAsync(path)).Select(entry => $"{entry!["kind"]} {entry["sentence"]}"), Has.None.StartsWith("LookupAnswered 银行").And.None.StartsWith("LookupNotFound 税务"));
    }

    [Test]
    public async Task The_items_are_the_households_to_show_again_and_no_supervisor_is_needed_for_it()
    {
        var path = await SubmittedAsync(AHousehold.OfTwo());
        var (other, person) = (await PersonAsync(path), await PersonAsync(path, 1));
        var told = Of(Items(await SealedAsync(path)), person);
        Assert.That(told.Select(item => (string)item["status"]!), Is.All.EqualTo("AnsweredByDepartment"));
        Refused(await SupplyItemAsync(path, told[0]), 422, "department-answers-this", "LAW-62");

        var revoked = Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(person)));

        var standing = Expect(200, await Clerk.GetAsync($"{path}/disclosure"));
        var keys = told.Select(item => (string)item["itemKey"]!).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(Of(Items(standing), person).Select(Stands), Is.All.EqualTo("Required ConsentRevoked"));
            Assert.That(Of(Items(standing), person).Select(item => (string)item["itemKey"]!), Is.EqualTo(keys));
            Assert.That(Items(revoked, "toBring").Select(item => (string)item!["itemKey"]!), Is.EqualTo(keys));
            Assert.That(Of(Items(standing), other).Select(item => (string)item["status"]!), Is.All.EqualTo("AnsweredByDepartment").And.Not.Empty, "the other is as before");
            Assert.That(Items(standing, "differences").Select(one => $"{one!["itemKey"]} {one["change"]}"), Is.SupersetOf(keys.Select(key => $"{key} NeededAndNotTold")));
            Assert.That((bool)standing["isComplete"]!, Is.False);
        });
        foreach (var item in told)
        {
            Expect(201, await SupplyItemAsync(path, item));
        }

        standing = Expect(200, await Clerk.GetAsync($"{path}/disclosure"));
        Assert.Multiple(() =>
        {
            Assert.That(Of(Items(standing), person).Select(item => (string)item["status"]!), Is.All.AnyOf("Supplied", "Promised"));
            Assert.That(Items(standing, "differences").Select(one => (string)one!["itemKey"]!), Has.None.AnyOf([.. keys]));
            Assert.That(Items(standing, "versions"), Has.Count.EqualTo(1), "nobody had to add to the list");
        });
    }

    [Test]
    public async Task Who_never_consented_may_refuse_and_it_is_on_record_once()
    {
        var path = await SubmittedAsync(AHousehold.OfTwo().WithoutConsent(1));
        var person = await PersonAsync(path, 1);
        await SettledAsync(path);

        var refused = Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(person)));

        Assert.Multiple(() =>
        {
            Assert.That((string)refused["consent"]["standing"]!, Is.EqualTo("Refused"));
            Assert.That((string?)refused["consent"]["consentId"], Is.Null);
            Assert.That(Items(refused, "toBring").Select(item => Stands(item!)), Is.All.EqualTo("Required ConsentNotGiven").And.Not.Empty);
        });
        Refused(await ActAsync(Clerk, path, "consent-revocations", Revocation(person)), 409, "consent-already-refused", "LAW-40");
        Refused(await ActAsync(Clerk, path, "consent-revocations", Revocation(Guid.NewGuid().ToString())), 422, "consent-not-of-the-case");
        var first = await PersonAsync(path);
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(first)));
        Refused(await ActAsync(Clerk, path, "consent-revocations", Revocation(first)), 409, "consent-already-refused", "LAW-40");
        Assert.That(
            (await TimelineAsync(path)).Select(entry => (string)entry!["kind"]!).Where(kind => kind.StartsWith("Consent", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "ConsentRefused", "ConsentRevoked" }));
    }

    [Test]
    public async Task Giving_it_again_asks_again_and_what_was_answered_before_is_not_used()
    {
        var household = AHousehold.OfOne();
        var path = await SubmittedAsync(household);
        var person = await PersonAsync(path);
        await SettledAsync(path);
        var asked = Asked(household, 0);
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(person)));
        Assert.That(Asked(household, 0), Is.EqualTo(asked));

        var given = Expect(201, await ActAsync(Clerk, path, "consents", Consent(person, Today)));
        var lookups = await SettledAsync(path, round: 2);

        var again = lookups.Where(lookup => (int)lookup!["round"]! == 2).ToList();
        var items = Of(Items(Expect(200, await Clerk.GetAsync($"{path}/disclosure"))), person).Where(item => (string?)item["source"] is not null).ToList();
        Assert.Multiple(() =>
        {
            Assert.That((string)given["consent"]["standing"]!, Is.EqualTo("Holds"));
            Assert.That(given["consent"]["refusedAt"], Is.Null);
            Assert.That(Asked(household, 0), Is.EqualTo(2 * asked));
            Assert.That(again, Has.Count.EqualTo(asked));
            Assert.That(again.Select(lookup => (string?)lookup!["reusedLookupId"]), Is.All.Null);
            Assert.That(items.Select(item => (string)item["status"]!), Is.All.EqualTo("AnsweredByDepartment").And.Not.Empty);
            Assert.That(items.Select(item => (string)item["lookupId"]!), Is.SubsetOf(again.Select(lookup => (string)lookup!["lookupId"]!)));
        });
    }

    [Test]
    public async Task What_was_withdrawn_in_one_case_is_not_on_file_for_the_next()
    {
        var household = AHousehold.OfOne();
        var first = await SubmittedAsync(household);
        await SettledAsync(first);
        var asked = Asked(household, 0);
        Expect(201, await ActAsync(Clerk, first, "consent-revocations", Revocation(await PersonAsync(first))));

        household.Form["programmes"] = new JsonArray("MarginalLowIncome");
        await SettledAsync(await SubmittedAsync(household));

        Assert.That(Asked(household, 0), Is.EqualTo(2 * asked));
    }

    [Test]
    public async Task It_ends_with_its_last_day_and_so_does_what_is_still_asked()
    {
        World.Departments.Behave(LookupSource.Vehicles, DepartmentBehaviour.Down);
        var household = AHousehold.OfOne().WithoutConsent(0);
        var path = await SubmittedAsync(household);
        var person = await PersonAsync(path);
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(person, Today, endsOn: Today)));
        await LookupAsync(path, "Vehicles", lookup => (string)lookup["state"]! == "Unavailable");
        await SettledAsync(path);
        Assert.That(await StandingAsync(path, person), Is.EqualTo("Holds"), "on its last day");
        World.Departments.Behave(LookupSource.Vehicles, usual => usual);
        var asked = Asked(household, 0);

        World.Clock.Forward(TimeSpan.FromDays(1));
        var vehicles = await LookupAsync(path, "Vehicles", lookup => (string)lookup["state"]! == "Cancelled");

        var items = Of(Items(Expect(200, await Clerk.GetAsync($"{path}/disclosure"))), person);
        var cancelled = (await TimelineAsync(path)).Single(entry => (string)entry!["kind"]! == "LookupCancelled")!;
        Assert.Multiple(() =>
        {
            Assert.That((string)vehicles["cause"]!, Is.EqualTo("ConsentExpired"));
            Assert.That(Asked(household, 0), Is.EqualTo(asked));
            Assert.That(items.Select(Stands), Is.All.EqualTo("Required ConsentExpired").And.Not.Empty);
            Assert.That((string)cancelled["sentence"]!, Is.EqualTo("停止向公安交管部门查询（核对授权已过期）。"));
        });
        Assert.That(await StandingAsync(path, person), Is.EqualTo("Expired"));
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(person, Today)));
        Assert.That(await StandingAsync(path, person), Is.EqualTo("Holds"));
    }

    // ---- What follows for the assessment ----

    [Test]
    public async Task An_assessment_after_it_has_gaps_until_the_household_shows_everything_itself()
    {
        var path = await AcceptedAsync(AHousehold.OfOne());
        var revoked = Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(await PersonAsync(path))));

        var assessment = Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Assert.That((string)assessment["outcome"]!, Is.EqualTo("NeedsReview"));
        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-needs-review");
        foreach (var item in Items(revoked, "toBring"))
        {
            Expect(201, await SupplyItemAsync(path, item!));
        }

        Assert.That((string)Expect(201, await ActAsync(Reviewer, path, "assessment"))["outcome"]!, Is.EqualTo("Eligible"));
    }

    [Test]
    public async Task An_assessment_before_it_is_outdated()
    {
        var path = await AssessedAsync(AHousehold.OfOne());
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(await PersonAsync(path))));

        Refused(await ActAsync(Reviewer, path, "preliminary-review", Opinion("ProposeGrant")), 409, "assessment-outdated", "57-19");
    }

    [Test]
    public async Task What_a_department_stated_is_not_counted_any_more()
    {
        var household = AHousehold.OfOne();
        World.Departments.Record(household.IdentityNumber(0), LookupSource.SocialInsurance, new DepartmentFact { Kind = FactKind.MonthlyWage, AmountFen = 200_000 });
        var path = await AssessedAsync(household);
        Assert.That((string)Expect(200, await Reviewer.GetAsync($"{path}/assessment"))["outcome"]!, Is.EqualTo("Ineligible"));

        var revoked = Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(await PersonAsync(path))));
        var assessment = Expect(201, await ActAsync(Reviewer, path, "assessment"));

        Assert.Multiple(() =>
        {
            Assert.That(Items(revoked, "toBring"), Is.Not.Empty);
            Assert.That(assessment.Text, Does.Not.Contain("200000"));
        });
    }

    [Test]
    public async Task With_an_expired_consent_nothing_new_rests_on_the_answers_either()
    {
        var household = AHousehold.OfOne();
        var path = await AcceptedAsync(household);
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(await PersonAsync(path), Today, endsOn: Today)));
        Assert.That((string)Expect(201, await ActAsync(Reviewer, path, "assessment"))["outcome"]!, Is.EqualTo("Eligible"));

        World.Clock.Forward(TimeSpan.FromDays(1));

        Assert.That((string)Expect(201, await ActAsync(Reviewer, path, "assessment"))["outcome"]!, Is.EqualTo("NeedsReview"));
    }

    [Test]
    public async Task In_payment_it_is_recorded_the_same_way_and_the_award_goes_on()
    {
        var household = AHousehold.OfOne();
        var (path, award, _) = await GrantedAsync(household);
        var person = await PersonAsync(path);

        Assert.That((string)Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(person)))["consent"]["standing"]!, Is.EqualTo("Revoked"));
        Assert.That((string)Expect(200, await Clerk.GetAsync(award))["state"]!, Is.EqualTo("InPayment"));
        var asked = Asked(household, 0);
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(person, Today)));
        await SettledAsync(path, round: 2);

        Assert.That(Asked(household, 0), Is.EqualTo(2 * asked));
    }

    [Test]
    public async Task When_a_case_is_over_a_consent_can_be_withdrawn_and_none_given()
    {
        var household = AHousehold.OfOne().Declaring(0, "Wages", 100_000);
        var path = await ReportedToDistrictAsync(await PostedAsync(household, "ProposeRefusal"));
        Expect(201, await ActAsync(Confirmer, path, "confirmation", Decision("Refuse")));

        Refused(await ActAsync(Clerk, path, "consents", Consent(await PersonAsync(path), Today)), 409, "wrong-state");
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(await PersonAsync(path))));

        var next = await SettledAsync(await SubmittedAsync(household));
        Assert.That(next.Select(lookup => lookup!["reusedLookupId"]), Is.All.Null, "nothing that rests on what was withdrawn serves the next case");
    }

    // ---- The form of the acts ----

    [TestCase("consents")]
    [TestCase("consent-revocations")]
    public async Task It_needs_the_tag_and_repeats_by_its_key(string act)
    {
        var path = await SubmittedAsync(AHousehold.OfOne());
        var person = await PersonAsync(path);
        var body = (act == "consents" ? Consent(person, Today) : Revocation(person)).ToJsonString();
        var tag = await TagAsync(path);

        Refused(await Clerk.PostAsync($"{path}/{act}", body), 428, "precondition-required");
        Refused(await Clerk.PostAsync($"{path}/{act}", body, "\"99\""), 412, "precondition-failed");
        var first = Expect(201, await Clerk.PostAsync($"{path}/{act}", body, tag, key: $"{act}-once"));
        var second = Expect(201, await Clerk.PostAsync($"{path}/{act}", body, tag, key: $"{act}-once"));
        Refused(await Clerk.PostAsync($"{path}/{act}", body, tag), 412, "precondition-failed");

        var told = (await TimelineAsync(path)).Count(entry => (string)entry!["kind"]! is "ConsentRecorded" or "ConsentRevoked");
        Assert.Multiple(() =>
        {
            Assert.That(second.Text, Is.EqualTo(first.Text));
            Assert.That((first.IsReplay, second.IsReplay), Is.EqualTo((false, true)));
            Assert.That(told, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task The_tags_of_the_other_applications_of_the_case_are_stale_with_it()
    {
        var household = AHousehold.OfOne();
        household.Form["programmes"] = new JsonArray("SubsistenceAllowance", "MarginalLowIncome");
        var submitted = Expect(201, await AnyWindow.PostAsync("/v1/applications", household.OnRecord(World).ToString()));
        var paths = Items(submitted, "applications").Select(application => $"/v1/applications/{application!["applicationId"]}").ToList();
        var tag = await TagAsync(paths[1]);

        Expect(201, await ActAsync(Clerk, paths[0], "consent-revocations", Revocation(await PersonAsync(paths[0]))));

        Assert.That(await TagAsync(paths[1]), Is.Not.EqualTo(tag));
    }

    [Test]
    public async Task Each_act_is_told_in_both_languages_and_names_nobody()
    {
        var household = AHousehold.OfTwo().WithoutConsent(1);
        var path = await SubmittedAsync(household);
        var (first, second) = (await PersonAsync(path), await PersonAsync(path, 1));
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(second, "不愿意。")));
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(second, Today)));
        Expect(201, await ActAsync(Clerk, path, "consents", Consent(first, Today, endsOn: "2027-09-20")));
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", Revocation(first, "不愿意。")));
        var today = DateOnly.Parse(Today, null);

        var (zh, en) = (await SentencesAsync(path, "zh"), await SentencesAsync(path, "en"));

        Assert.Multiple(() =>
        {
            Assert.That(zh, Is.EqualTo(new[]
            {
                "表示不同意核对：不向部门查询，由家庭自行提供。",
                $"登记核对授权（{today.Year}年{today.Month}月{today.Day}日签署）。",
                $"登记核对授权（{today.Year}年{today.Month}月{today.Day}日签署，至2027年9月20日）。",
                "撤销核对授权：停止向部门查询，已有答复不再用于新的核算。",
            }));
            Assert.That(en.Select(sentence => sentence.Split([',', ':'])[0]), Is.EqualTo(new[]
            {
                "A consent to verification was refused", "A consent to verification was recorded", "A consent to verification was recorded", "A consent to verification was revoked",
            }));
            Assert.That(string.Concat(zh.Concat(en)), Does.Not.Contain("不愿意").And.Not.Contain((string)household.Member(0)["name"]!).And.Not.Contain((string)household.Member(1)["name"]!));
        });
    }

    [Test]
    public async Task An_agent_brings_the_paper_or_says_no_by_a_mandate_of_that_person()
    {
        var path = await SubmittedAsync(AHousehold.OfTwo());
        var (first, second) = (await PersonAsync(path), await PersonAsync(path, 1));
        var mandate = await MandateAsync(path, first, Everything);
        var consent = Consent(first, Today);
        consent["mandateId"] = mandate;
        var (own, anothers) = (Revocation(first), Revocation(second));
        own["mandateId"] = mandate;
        anothers["mandateId"] = mandate;

        Expect(201, await ActAsync(Clerk, path, "consents", consent));
        Refused(await ActAsync(Clerk, path, "consent-revocations", anothers), 422, "mandate-does-not-cover", "57-6");
        Expect(201, await ActAsync(Clerk, path, "consent-revocations", own));

        Assert.That(await StandingAsync(path, second), Is.EqualTo("Holds"));
        var told = await SentencesAsync(path, "zh");
        Assert.That(told[0], Does.EndWith("由受托人代交。"));
        Assert.That(told[1], Does.StartWith("撤销核对授权（由受托人代办）"));
        consent["mandateId"] = await MandateAsync(path, first, ["Contest"]);
        Refused(await ActAsync(Clerk, path, "consents", consent), 422, "mandate-does-not-cover", "57-6");
    }

    // ---- Shorthands ----

    private static JsonObject Consent(string person, string signedOn, string? endsOn = null, string? signer = null)
    {
        var consent = new JsonObject { ["personId"] = person, ["signedOn"] = signedOn };
        if (endsOn is not null)
        {
            consent["endsOn"] = endsOn;
        }

        if (signer is not null)
        {
            consent["signerPersonId"] = signer;
        }

        return consent;
    }

    private static JsonObject Revocation(string person, string? reasons = null) =>
        reasons is null ? new JsonObject { ["personId"] = person } : new JsonObject { ["personId"] = person, ["reasons"] = reasons };

    private static JsonObject Obligor(AHousehold of, string? consentedOn) => new()
    {
        ["name"] = (string)of.Member(0)["name"]!,
        ["identityNumber"] = of.IdentityNumber(0),
        ["relationship"] = "Child",
        ["consentedOn"] = consentedOn,
    };

    private static JsonObject Guardian() => new()
    {
        ["kind"] = "Guardian",
        ["name"] = "样例监护人",
        ["identityNumber"] = AHousehold.OfOne().IdentityNumber(0),
        ["scope"] = new JsonArray([.. Everything.Select(scope => JsonValue.Create(scope))]),
        ["signedOn"] = "2026-09-21",
    };

    private async Task<string> MandateAsync(string path, string grantedBy, string[] scope) => (string)Expect(201, await Clerk.PostAsync($"{path}/agent-mandates", new JsonObject
    {
        ["kind"] = "Person",
        ["name"] = "样例受托人",
        ["identityNumber"] = AHousehold.OfOne().IdentityNumber(0),
        ["scope"] = new JsonArray([.. scope.Select(one => JsonValue.Create(one))]),
        ["signedOn"] = "2026-09-21",
        ["grantedByPersonId"] = grantedBy,
    }.ToJsonString()))["mandateId"]!;

    private Task<ApiAnswer> SupplyItemAsync(string path, JsonNode item) => ActAsync(Clerk, path, "disclosure-supplies", new JsonObject
    {
        ["itemKey"] = (string)item["itemKey"]!,
        ["way"] = (string)item["ways"]![0]!,
    });

    private async Task<JsonArray> ConsentsAsync(string path) => Items(Expect(200, await Clerk.GetAsync($"{path}/consents")));

    private async Task<string> StandingAsync(string path, string person) =>
        (string)(await ConsentsAsync(path)).Single(one => (string)one!["personId"]! == person)!["standing"]!;

    private async Task<JsonArray> TimelineAsync(string path, string language = "zh") =>
        Items(Expect(200, await Clerk.GetAsync($"{path}/timeline?take=100", language)));

    private async Task<List<string>> SentencesAsync(string path, string language) =>
    [
        .. (await TimelineAsync(path, language))
            .Where(entry => ((string)entry!["kind"]!).StartsWith("Consent", StringComparison.Ordinal))
            .Select(entry => (string)entry!["sentence"]!),
    ];

    private Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object parameters) =>
        Service.Database.ReadAsync(session => session.ListAsync<T>(sql, parameters), CancellationToken.None);

    /// <summary>The items of one person that a department usually answers.</summary>
    private static List<JsonNode> Of(JsonArray items, string person) =>
        [.. items.Where(item => (string?)item!["personId"] == person && (string?)item["source"] is not null).Select(item => item!)];

    private static string Stands(JsonNode item) => $"{item["status"]} {item["cause"]}";

    private int Asked(AHousehold household, int member) =>
        World.Departments.Queries.Count(query => query.IdentityNumber == household.IdentityNumber(member));

    private int Asked(AHousehold household, int member, LookupSource source) =>
        World.Departments.Queries.Count(query => query.IdentityNumber == household.IdentityNumber(member) && query.Source == source);

    private async Task<JsonNode> LookupAsync(string path, string source, Func<JsonNode, bool> holds)
    {
        JsonNode? lookup = null;
        for (var attempt = 0; attempt < 200; attempt++)
        {
            lookup = Items(Expect(200, await Supervisor.GetAsync($"{path}/lookups"))).LastOrDefault(item => (string)item!["source"]! == source);
            if (lookup is not null && holds(lookup))
            {
                return lookup;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The look-up stays as it is: {lookup}");
        return lookup!;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var attempt = 0; attempt < 200 && !holds(); attempt++)
        {
            await Task.Delay(25);
        }

        Assert.That(holds(), "it does not come to be");
    }

    private static void Faulty(ApiAnswer answer, params (string Path, string? Code)[] faults)
    {
        Refused(answer, 400, "invalid-request");
        foreach (var (path, code) in faults)
        {
            Assert.That(
                Items(answer, "errors").Select(fault => ((string)fault!["path"]!, code is null ? null : (string?)fault["code"])), Does.Contain((path, code)), answer.Text);
        }
    }
}
