using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Mail;

/// <summary>A row of <c>mails</c>; Waiting 0: its mail has gone, and keeps the next one from coming too soon.</summary>
internal sealed class WaitingMail
{
    public string Id { get; init; } = "";

    public string Sealed { get; init; } = "";

    public long Waiting { get; init; }

    public long Pause { get; init; }

    public long Attempts { get; init; }

    public long DueAt { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>Mails that wait, and what becomes of them.</summary>
internal sealed class MailStore(Database database, Committer committer, TimeProvider clock)
{
    private const int Page = 20;

    /// <summary>Longer than a conversation with a mail server may take.</summary>
    private const long LeaseMs = 5 * 60_000;

    private const string Remove = "delete from mails where id = $1";

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<IReadOnlyList<WaitingMail>> Due(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return (await connection.QueryAsync<WaitingMail>(
            "select id, sealed, waiting, pause, attempts, due_at as DueAt, created_at as CreatedAt from mails "
            + "where due_at <= @now order by due_at, id limit @Page", new { now = NowMs, Page })).AsList();
    }

    /// <summary>False: another process has it, or it has changed.</summary>
    public async Task<bool> Take(WaitingMail mail)
    {
        var status = await committer.Commit(
        [
            Statement.Fence(
                "update mails set due_at = $3 where id = $1 and due_at = $2 and waiting = $4",
                mail.Id, mail.DueAt, NowMs + LeaseMs, mail.Waiting),
        ]);
        return status == CommitStatus.Done;
    }

    /// <summary>What came while it was on its way waits for the next one.</summary>
    public Task Sent(WaitingMail mail) => committer.Commit(
    [
        mail.Pause == 0
            ? Statement.Of(Remove, mail.Id)
            : Statement.Of(
                "update mails set waiting = waiting - $2, attempts = 0, due_at = $3, created_at = $4, "
                + "last_error = null where id = $1",
                mail.Id, mail.Waiting, NowMs + mail.Pause, NowMs),
    ]);

    /// <summary>To be tried again; false: it has been tried for long enough, and is gone.</summary>
    public async Task<bool> Failed(WaitingMail mail, string error)
    {
        if (NowMs - mail.CreatedAt >= MailSchedule.PatienceMs)
        {
            await GiveUp(mail);
            return false;
        }

        var attempts = mail.Attempts + 1;
        await committer.Commit(
        [
            Statement.Of(
                "update mails set attempts = $2, due_at = $3, last_error = $4 where id = $1",
                mail.Id, attempts, NowMs + MailSchedule.DelayMs(attempts), error),
        ]);
        return true;
    }

    public Task GiveUp(WaitingMail mail) => committer.Commit([Statement.Of(Remove, mail.Id)]);

    /// <summary>Its pause is over and nothing came.</summary>
    public Task Forget(WaitingMail mail) => committer.Commit(
        [Statement.Of(Remove + " and waiting = 0 and due_at = $2", mail.Id, mail.DueAt)]);
}
