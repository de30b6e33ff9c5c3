"""What clients ask and technicians answer in the demonstration firm."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket's texts; ``category`` is its place in the firm's list of categories."""

    subject: str
    request: str
    answer: str
    work: str
    category: int
    work_type: str = "remote"


STORIES = (
    Story(
        "Messagerie bloquée depuis ce matin",
        "Bonjour, Outlook demande le mot de passe en boucle sur deux postes.",
        "Le jeton d'accès avait expiré. Vos deux postes sont de nouveau connectés.",
        "Jeton renouvelé, profil recréé sur un poste",
        0,
    ),
    Story(
        "Imprimante hors ligne à l'accueil",
        "L'imprimante de l'accueil apparaît hors ligne, impossible d'imprimer les bons.",
        "L'adresse de l'imprimante avait changé ; nous l'avons fixée.",
        "Adresse fixe attribuée, pilote réinstallé",
        4,
    ),
    Story(
        "Nouveau collaborateur lundi prochain",
        "Merci de préparer un compte, une adresse et les accès au serveur.",
        "Le compte est prêt, les identifiants sont chez vous sous pli fermé.",
        "Compte, messagerie, groupes et double authentification",
        1,
    ),
    Story(
        "Wi-Fi instable en salle de réunion",
        "La visio coupe toutes les dix minutes en salle de réunion.",
        "La borne changeait de canal sans cesse. Le canal est fixé, la puissance ajustée.",
        "Mesures sur place, canal fixé, borne déplacée",
        2,
        "onsite",
    ),
    Story(
        "Sauvegarde en échec cette nuit",
        "Votre rapport annonce un échec de la sauvegarde du serveur.",
        "Le disque cible était plein ; nous avons purgé et relancé, tout est vert.",
        "Purge des anciens points, relance et contrôle de restauration",
        3,
    ),
    Story(
        "Écran bleu au démarrage",
        "Le poste de la comptabilité redémarre en boucle.",
        "Une barrette mémoire était défectueuse. Le poste est réparé.",
        "Diagnostic mémoire, remplacement, tests",
        1,
        "onsite",
    ),
    Story(
        "Courriel suspect avec pièce jointe",
        "Nous avons reçu une fausse facture, une personne a peut-être cliqué.",
        "Pas d'exécution constatée. Mots de passe changés par précaution.",
        "Analyse du poste, en-têtes, réinitialisation des mots de passe",
        5,
    ),
    Story(
        "Accès VPN refusé depuis le domicile",
        "Le VPN affiche « authentification refusée » depuis hier.",
        "Le certificat du poste avait expiré ; il est renouvelé pour deux ans.",
        "Certificat renouvelé, essai depuis l'extérieur",
        2,
    ),
    Story(
        "Logiciel de caisse très lent",
        "La caisse met trente secondes à chaque ticket.",
        "La base a été réindexée et le poste libéré de vieux fichiers.",
        "Réindexation, nettoyage, mesure avant et après",
        1,
    ),
    Story(
        "Partage de fichiers inaccessible",
        "Le dossier « Commun » n'est plus accessible à l'atelier.",
        "Un commutateur avait perdu un port ; les câbles sont sur un port sain.",
        "Recherche du port défaillant, recâblage",
        2,
        "onsite",
    ),
    Story(
        "Panne de serveur un samedi",
        "Le serveur ne répond plus, nous ouvrons à 14 heures.",
        "Le serveur a redémarré proprement, service rétabli à 12 h 40.",
        "Intervention d'urgence, contrôle des disques",
        3,
        "after-hours",
    ),
    Story(
        "Signature électronique à mettre à jour",
        "Notre adresse a changé, merci d'adapter les signatures de tous.",
        "Les signatures sont à jour sur tous les postes.",
        "Modèle de signature déployé",
        0,
    ),
)
FLAT_STORIES = {
    "VIRUS": ("Poste infecté", "Des fenêtres s'ouvrent toutes seules sur ce poste."),
    "POSTE": ("Poste à installer", "Le nouveau portable est arrivé, merci de l'installer."),
    "SAUVEG": ("Mettre en place une sauvegarde", "Nous n'avons qu'un disque externe."),
    "AUDIT": ("Audit avant renouvellement d'assurance", "L'assureur demande un audit."),
}
INTERNAL_NOTES = (
    "Le client est pressé, rappeler avant 11 h.",
    "Penser à proposer le contrat Sérénité : troisième panne du trimestre.",
    "Matériel hors garantie depuis mars, le signaler au renouvellement.",
    "Clé du local technique chez la gardienne.",
)
FIRST_ANSWER = "Bien reçu, nous nous en occupons ce matin."
WAIVED_REASON = "Geste commercial"
