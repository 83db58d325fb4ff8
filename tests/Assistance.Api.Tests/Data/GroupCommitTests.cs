using Assistance.Api.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assistance.Api.Tests.Data;

/// <summary>Units of work that wait are committed together, and yet each stands or falls alone.</summary>
public sealed class GroupCommitTests
{
    private const string AddSql = "INSERT INTO NumberSeries (SeriesCode, LastNumber) VALUES (@SeriesCode, @LastNumber)";
    private const string FindSql = "SELECT LastNumber FROM NumberSeries WHERE SeriesCode = @SeriesCode";
    private const string AllSql = "SELECT SeriesCode FROM NumberSeries ORDER BY SeriesCode";

    private const string AddOrphanSql = "INSERT INTO CaseMember (CaseFileId, PersonId, MemberName) VALUES (@CaseFileId, @PersonId, @MemberName)";

    private Database database = null!;

    [SetUp]
    public void Open() => database = new Database(new SqliteDialect(MigratedSchema.Copy()), TimeProvider.System, NullLogger<Database>.Instance);

    [TearDown]
    public async Task Close() => await database.DisposeAsync();

    [Test]
    public async Task A_unit_that_fails_after_writing_leaves_nothing()
    {
        await Assert.ThrowsAsync<RefusedException>(() => Write(AddThenRefuse("a")));
        Assert.That(await Committed(), Is.Empty);
    }

    [Test]
    public async Task A_unit_that_fails_undoes_only_itself_within_its_group()
    {
        IReadOnlyList<string> committedMeanwhile = ["not read"];
        var (before, failing, after) = await InOneGroup(
            Add("before"),
            AddThenRefuse("failing"),
            async session =>
            {
                await Add("after")(session);
                committedMeanwhile = await Committed();
            });

        await Assert.ThrowsAsync<RefusedException>(() => failing);
        await Task.WhenAll(before, after);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(committedMeanwhile, Is.Empty, "the three were one group, committed at its end");
            Assert.That(await Committed(), Is.EqualTo(["after", "before"]));
        });
    }

    [Test]
    public async Task Every_answer_of_a_group_waits_for_the_commit()
    {
        Task[] neighbours = [];
        var answeredMeanwhile = true;
        var (kept, refused, last) = await InOneGroup(Add("kept"), AddThenRefuse("refused"), _ =>
        {
            answeredMeanwhile = neighbours.Any(task => task.IsCompleted);
            return Task.CompletedTask;
        }, tasks => neighbours = tasks[..2]);

        await Task.WhenAll(kept, last);
        await Assert.ThrowsAsync<RefusedException>(() => refused);
        Assert.That(answeredMeanwhile, Is.False);
    }

    [Test]
    public async Task Numbers_taken_at_once_have_no_gap_and_no_double_though_some_units_fail()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 220).Select(i => Task.Run(async () =>
        {
            try
            {
                return await database.WriteAsync(
                    async session =>
                    {
                        var number = await NumberSeries.NextAsync(session, "series");
                        return i % 11 == 0 ? throw new RefusedException() : number;
                    },
                    CancellationToken.None);
            }
            catch (RefusedException)
            {
                return 0;
            }
        })));

        Assert.That(numbers.Where(number => number > 0).Order(), Is.EqualTo(Enumerable.Range(1, 200)));
    }

    [Test]
    public async Task A_group_whose_commit_fails_runs_again_whole()
    {
        var attempts = 0;
        var (kept, refused, failing) = await InOneGroup(Add("kept"), AddThenRefuse("refused"), async session =>
        {
            await Add("failing at first")(session);
            if (++attempts == 1)
            {
                await LetTheCommitFail(session);
            }
        });

        await Task.WhenAll(kept, failing);
        await Assert.ThrowsAsync<RefusedException>(() => refused);
        Assert.That(attempts, Is.EqualTo(2));
        Assert.That(await Committed(), Is.EqualTo(["failing at first", "kept"]));
    }

    // The refusal may rest on what a neighbour wrote, and that never was.
    [Test]
    public async Task No_refusal_is_given_in_a_group_that_is_never_committed()
    {
        var (kept, refused, failing) = await InOneGroup(Add("kept"), AddThenRefuse("refused"), LetTheCommitFail);

        await Assert.ThrowsAsync<SqliteException>(() => kept);
        await Assert.ThrowsAsync<SqliteException>(() => refused);
        await Assert.ThrowsAsync<SqliteException>(() => failing);
        Assert.That(await Committed(), Is.Empty);

        await Write(Add("next"));
        Assert.That(await Committed(), Is.EqualTo(["next"]), "the writer goes on");
    }

    [Test]
    public async Task A_race_lost_runs_again_and_finds_the_winner()
    {
        await Write(Add("a", 7));
        var attempts = 0;
        var found = await database.WriteAsync(
            async session =>
            {
                // As on an engine with many writers: at the first attempt the winner's row is not to be seen yet.
                if (++attempts > 1 && await session.FirstOrDefaultAsync<long?>(FindSql, new { SeriesCode = "a" }) is { } winner)
                {
                    return winner;
                }

                await Add("b")(session);
                await Add("a", 8)(session);
                return 8;
            },
            CancellationToken.None);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That((found, attempts), Is.EqualTo((7L, 2)));
            Assert.That(await Committed(), Is.EqualTo(["a"]));
        });
    }

    [Test]
    public async Task A_unique_violation_that_stays_comes_out_in_the_end()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<SqliteException>(() => Write(async session =>
        {
            attempts++;
            await Add("a")(session);
            await Add("a")(session);
        }));
        Assert.That(attempts, Is.EqualTo(4));
    }

    [Test]
    public async Task A_refusal_is_not_tried_again()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<RefusedException>(() => Write(_ => ++attempts > 0 ? throw new RefusedException() : Task.CompletedTask));
        Assert.That(attempts, Is.EqualTo(1));
        Assert.That(await Committed(), Is.Empty);
    }

    [Test]
    public async Task A_unit_given_up_before_its_turn_is_not_run()
    {
        using var givenUp = new CancellationTokenSource();
        var writerIsBusy = new TaskCompletionSource();
        var first = Write(_ => writerIsBusy.Task);
        var second = database.WriteAsync(Add("a"), givenUp.Token);
        await givenUp.CancelAsync();
        writerIsBusy.SetResult();

        await first;
        await Assert.CatchAsync<OperationCanceledException>(() => second);
        Assert.That(await Committed(), Is.Empty);
    }

    [Test]
    public async Task A_unit_is_committed_before_its_answer()
    {
        await Write(Add("a"));
        Assert.That(await Committed(), Is.EqualTo(["a"]));
    }

    private Task Write(Func<Session, Task> work) => database.WriteAsync(work, CancellationToken.None);

    // What another connection sees.
    private Task<IReadOnlyList<string>> Committed() => database.ReadAsync(session => session.ListAsync<string>(AllSql), CancellationToken.None);

    // While the writer is busy with another unit, those that come wait and make one group.
    private async Task<(Task First, Task Second, Task Third)> InOneGroup(
        Func<Session, Task> first, Func<Session, Task> second, Func<Session, Task> third, Action<Task[]>? queued = null)
    {
        var writerIsBusy = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var busy = Write(async _ =>
        {
            begun.SetResult();
            await writerIsBusy.Task;
        });
        await begun.Task;
        var tasks = new[] { Write(first), Write(second), Write(third) };
        queued?.Invoke(tasks);
        writerIsBusy.SetResult();
        await busy;
        return (tasks[0], tasks[1], tasks[2]);
    }

    private static Func<Session, Task> Add(string series, long number = 1) =>
        session => session.ExecuteAsync(AddSql, new { SeriesCode = series, LastNumber = number });

    private static Func<Session, Task> AddThenRefuse(string series) => async session =>
    {
        await Add(series)(session);
        throw new RefusedException();
    };

    // A member of no case and no person, noticed only at the commit.
    private static async Task LetTheCommitFail(Session session)
    {
        await session.ExecuteAsync("PRAGMA defer_foreign_keys = ON", new { });
        await session.ExecuteAsync(AddOrphanSql, new { CaseFileId = Guid.NewGuid(), PersonId = Guid.NewGuid(), MemberName = "样例" });
    }

    private sealed class RefusedException : Exception;
}
