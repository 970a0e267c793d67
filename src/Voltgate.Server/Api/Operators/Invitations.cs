using Voltgate.Server.Mail;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Secrets that let a person set a password, once and for some days. They are handed over by hand, and mailed.
/// </summary>
internal sealed class Invitations(ServerOptions options, PublicAddress address, MailQueue mails, Entropy entropy)
{
    private const int ShortestPassword = 12;
    private const int LongestPassword = 200;

    public InvitationResource New()
    {
        var token = Logins.NewSecret();
        var until = entropy.NowMs + (options.Operators.InvitationHours * 3_600_000L);
        // Behind the #, where no browser sends it to a server and no proxy logs it.
        return new InvitationResource(token, $"{address.Web}/invitation#{token}", new WireTime(until));
    }

    /// <summary>An operator has one open invitation: the newest.</summary>
    public void Add(List<Statement> unit, Stored<AdminResource> admin, InvitationResource invitation)
    {
        unit.Add(Statement.Of(
            "update operators set invitation_hash = $2, invitation_until = $3 where id = $1",
            admin.Row.Id, Authentication.HashOf(invitation.Token), invitation.ExpiresAt.Ms));
        mails.Add(unit, admin.Row.Organization, new Letter(
            admin.Resource.Email, "Your invitation to Voltgate",
            $"""
            You have been invited to work with Voltgate at {address.Web} as {admin.Resource.Role}.

            This link lets you choose a password. It works once, until {invitation.ExpiresAt}:

            {invitation.Link}

            If you expected no invitation, do nothing: without the link nobody can use it.

            """));
    }

    /// <summary>Uses it up; of two at once one finds that it is gone.</summary>
    public static Statement Use(string admin, string token, string passwordHash) => Statement.Fence(
        "update operators set password_hash = $3, invitation_hash = null, invitation_until = null "
        + "where id = $1 and invitation_hash = $2",
        admin, Authentication.HashOf(token), passwordHash);

    public static readonly Refusal Void = Refusal.Invalid(
        "invitation", "This invitation does not hold any more; ask for a new one.");

    /// <summary>A password that a person chooses.</summary>
    public static Field Password(string name) => Field.Text(
        name, $"{ShortestPassword} characters or more.", LongestPassword, ShortestPassword).Must with
    {
        Rule = p => ((string)p!).Distinct().Count() < 5
            ? "Send a password of more than four different characters."
            : null,
    };
}
