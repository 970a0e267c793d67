using System.Text.Json;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Mail;

/// <summary>
/// Adds mails to commits: what happened and the mail that tells of it are kept together, or neither is. Without
/// Mail:Host nothing is added.
/// </summary>
internal sealed class MailQueue(ServerOptions options, Keyring keyring, Entropy entropy)
{
    /// <summary>Waiting mails of one organisation; those beyond are not sent.</summary>
    public const int Most = 1_000;

    private const string Insert =
        "insert into mails (id, organization, sealed, waiting, pause, attempts, due_at, created_at) "
        + "select $1, $2, $3, 1, $4, 0, $5, $5 where (select count(*) from mails where organization = $2) < $6 "
        + "or exists (select 1 from mails where id = $1) "
        + "on conflict (id) do update set sealed = excluded.sealed, waiting = mails.waiting + 1, "
        + "created_at = case when mails.waiting = 0 then excluded.created_at else mails.created_at end";

    public bool IsOn => options.Mail.Host.Length > 0;

    public void Add(List<Statement> unit, string organization, Letter letter) =>
        Add(unit, organization, entropy.NewId(), letter, pauseMs: 0);

    /// <summary>
    /// At most one mail of this id in so long a time: what comes in between waits for the next one, which tells how
    /// many it stands for in the newest one's words.
    /// </summary>
    /// <param name="id">Letters, digits, "-" and ".".</param>
    public void AddSpaced(List<Statement> unit, string organization, string id, Letter letter, long pauseMs) =>
        Add(unit, organization, id, letter, pauseMs);

    private void Add(List<Statement> unit, string organization, string id, Letter letter, long pauseMs)
    {
        if (!IsOn) return;
        var box = keyring.Seal(JsonSerializer.Serialize(letter, LetterContext.Default.Letter));
        unit.Add(Statement.Of(Insert, id, organization, box, pauseMs, entropy.NowMs, Most));
    }
}
